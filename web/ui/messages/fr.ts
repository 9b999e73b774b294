/** Every text of the page, in French. */
import type { Messages } from './en.ts';

export const messages: Messages = {
  'app.promise':
    'Les fichiers vont de navigateur à navigateur, chiffrés en chemin. Le serveur ne fait que mettre les gens en relation ; il ne voit jamais un fichier.',
  'app.dropHere': 'Déposez pour partager',
  'app.shareFiles': 'Partager des fichiers',
  'app.language': 'Langue',
  'app.check': 'Vérifier la connexion',

  'home.lead':
    'Envoyez des fichiers par un lien. Tous ceux qui l’ouvrent les téléchargent depuis chez vous et les uns des autres.',
  'home.chooseFiles': 'Choisir des fichiers',
  'home.chooseFolder': 'Choisir un dossier',
  'home.orDrop': 'ou déposez-les ou collez-les n’importe où sur cette page',
  'home.openHere': 'Ouvert dans cet onglet',
  'home.show': 'Afficher',
  'home.stateAndPercent': '{state}, {percent}',

  'drop.nothing':
    'Le navigateur n’a transmis aucun fichier : le dossier est vide, ou il les garde pour lui. Choisissez-les plutôt avec un bouton.',

  'review.region': 'Ce qui va être partagé',
  'review.word': 'À vérifier',
  'review.title': {
    one: '{count} fichier, {size}',
    many: '{count} de fichiers, {size}',
    other: '{count} fichiers, {size}',
  },
  'review.folderName': 'Nom du dossier',
  'review.remove': 'Retirer',
  'review.removeFile': 'Retirer {name}',
  'review.share': 'Partager',
  'review.addFiles': 'Ajouter des fichiers',
  'review.addFolder': 'Ajouter un dossier',
  'review.cancel': 'Annuler',
  'tree.more': { one: 'et {count} autre', many: 'et {count} d’autres', other: 'et {count} autres' },
  'files.title': { one: '{count} fichier', many: '{count} de fichiers', other: '{count} fichiers' },
  'files.fetch': 'Récupérer {name}',
  'files.here': '✓ reçu',
  'files.first': 'D’abord',
  'files.fetchFirst': 'Récupérer {name} d’abord',
  'files.turn': 'N° {turn}',
  'files.save': 'Enregistrer',
  'files.saveFile': 'Enregistrer {name}',
  'look.play': 'Lire',
  'look.playFile': 'Lire {name}',
  'look.show': 'Afficher',
  'look.showFile': 'Afficher {name}',
  'look.close': 'Fermer',
  'look.coming': 'L’affichage commence dès que tout est là : {progress} pour l’instant.',
  'look.plainHttp':
    'À une adresse http simple, les navigateurs ne laissent pas une page lire ce qui arrive encore. La lecture sera possible ici dès que tout sera là : {progress} pour l’instant.',
  'look.cut': 'Seul le début est affiché.',
  'look.tooLarge': 'C’est trop volumineux pour être affiché ici. Enregistrez-le pour l’ouvrir.',
  'look.failed': 'Impossible de l’afficher ici. Enregistrez-le pour l’ouvrir.',

  'file.nameUnknown': 'Un fichier dont le nom n’est pas encore connu',
  'file.titleUnknown': 'Un fichier encore inconnu',
  'file.nameComing': 'Son nom et sa taille viendront de la première personne présente.',
  'file.sizeComing': 'Sa taille viendra de la première personne présente.',
  'file.partOfSize': '{part} sur {size}',

  'stored.title': 'Enregistré sur cet appareil',
  'stored.titleNothing': 'Enregistré sur cet appareil : rien',
  'stored.titleFiles': {
    one: 'Enregistré sur cet appareil : {count} fichier, {size}',
    many: 'Enregistré sur cet appareil : {count} de fichiers, {size}',
    other: 'Enregistré sur cet appareil : {count} fichiers, {size}',
  },
  'stored.copies': {
    one: '{count} copie',
    many: '{count} de copies, une par onglet, {size} en tout',
    other: '{count} copies, une par onglet, {size} en tout',
  },
  'stored.shared': 'partagé d’ici',
  'stored.complete': 'complet',
  'stored.part': 'pas encore complet',
  'stored.lastUsed': 'dernière utilisation : {when}',
  'stored.openHere': 'ouvert dans cet onglet',
  'stored.openElsewhere': {
    one: 'ouvert dans un autre onglet',
    many: 'ouvert dans {count} d’autres onglets',
    other: 'ouvert dans {count} autres onglets',
  },
  'stored.openHereAndElsewhere': {
    one: 'ouvert dans cet onglet et dans un autre',
    many: 'ouvert dans cet onglet et dans {count} d’autres',
    other: 'ouvert dans cet onglet et dans {count} autres',
  },
  'stored.closeToDelete': {
    one: 'ouvert dans un autre onglet : fermez-le pour supprimer le fichier',
    many: 'ouvert dans {count} d’autres onglets : fermez-les pour supprimer le fichier',
    other: 'ouvert dans {count} autres onglets : fermez-les pour supprimer le fichier',
  },
  'stored.open': 'Ouvrir',
  'stored.delete': 'Supprimer',
  'stored.deleteForGood': 'Supprimer définitivement',
  'stored.keep': 'Conserver',
  'stored.deleteQuestion': {
    one: 'Le supprimer de cet appareil ?',
    many: 'Supprimer {count} de copies de cet appareil ?',
    other: 'Supprimer {count} copies de cet appareil ?',
  },
  'stored.thisTabLeaves': 'Cet onglet cessera aussi de le partager.',
  'stored.elsewhereStays': {
    one: 'Ce qui est ouvert dans un autre onglet reste.',
    many: 'Ce qui est ouvert dans {count} d’autres onglets reste.',
    other: 'Ce qui est ouvert dans {count} autres onglets reste.',
  },

  'preparing.region': 'En préparation',
  'preparing.word': 'Préparation',
  'preparing.sentence': 'Le contenu est lu une fois pour créer son lien. Il reste sur cet appareil.',
  'preparing.bar': 'Préparation',
  'preparing.cancel': 'Annuler',

  'facts.speed': 'Vitesse',
  'facts.timeLeft': 'Temps restant',
  'facts.connected': 'Connecté',
  'facts.passedOn': 'Retransmis',
  'facts.uploaded': 'Envoyé',
  'facts.uploadSpeed': 'Vitesse d’envoi',
  'facts.haveAll': 'Ont tout',
  'facts.wholeOf': '{whole} sur {all}',
  'facts.people': { one: '{count} personne', many: '{count} de personnes', other: '{count} personnes' },

  'swarm.region': 'État',
  'swarm.bar': 'Reçu',
  'swarm.percentReceived': '{percent} reçus',
  'swarm.stopSharing': 'Arrêter le partage',
  'swarm.startAgain': 'Recommencer',
  'swarm.pause': 'Suspendre',
  'swarm.resume': 'Reprendre',
  'swarm.cancel': 'Annuler',
  'swarm.cancelQuestion': 'Arrêter et supprimer ce qui est arrivé ?',
  'swarm.cancelYes': 'Arrêter et supprimer',
  'swarm.cancelNo': 'Continuer',
  'swarm.reload': 'Recharger',

  'title.someFile': 'Un fichier',
  'title.complete': '✓ {name}',
  'title.sharing': 'Partage de {name}',
  'title.stopped': 'Arrêté : {name}',
  'title.progress': '{percent} {name}',
  'title.wrongLink': 'Lien incorrect',
  'notice.complete': '{name} est complet',
  'notice.ask': 'Me prévenir quand c’est fini',
  'notice.granted': 'Vous serez prévenu quand ce sera fini.',
  'notice.denied': 'Le navigateur ne laisse pas cette page vous prévenir. Le titre de l’onglet montre l’avancement.',

  'share.link': 'Lien de partage',
  'more.title': 'Plus',
  'more.hint': 'Pour d’autres programmes BitTorrent qui parlent WebRTC, comme WebTorrent.',
  'more.copyMagnet': 'Copier le lien magnet',
  'more.saveTorrent': 'Enregistrer le fichier torrent',
  'share.copy': 'Copier le lien',
  'share.send': 'Envoyer le lien…',
  'share.copied': '✓ Copié',
  'share.copyRefused':
    'Le navigateur n’a pas laissé la page copier. Le lien est sélectionné : appuyez sur Ctrl+C (⌘C sur un Mac).',
  'share.qr': 'Code QR du lien de partage',
  'share.onlyHere':
    'Ce lien ne fonctionne que sur cet ordinateur. Pour joindre d’autres personnes, ouvrez cette page à l’adresse réseau que le serveur a affichée à son démarrage, et partagez depuis là.',

  'save.save': 'Enregistrer {name}',
  'save.folder': 'Enregistrer le dossier {name}',
  'save.zip': 'Enregistrer sous {name}',
  'save.cancel': 'Annuler l’enregistrement',
  'save.saving': 'Enregistrement… {percent}',
  'save.saved': 'Enregistré.',
  'save.downloaded': 'Enregistré ; à retrouver parmi les téléchargements de votre navigateur.',
  'save.handedToBrowser': 'Votre navigateur l’enregistre ; à retrouver parmi ses téléchargements.',
  'save.cancelled': 'Non enregistré.',
  'save.failed': 'L’enregistrement a échoué. {reason}',

  'people.title': 'Qui est connecté',
  'people.nobody': 'Personne pour le moment.',
  'people.program': 'Programme',
  'people.programUnknown': 'Inconnu',
  'people.direct': 'direct',
  'people.relayed': 'relayé',
  'people.webServer': 'serveur web',
  'people.has': 'Possède',
  'people.givesYou': 'Vous donne',
  'people.getsFromYou': 'Reçoit de vous',
  'people.atLeast': '{percent}+',
  'people.mayHaveMore': '+ possède peut-être plus que ce qui est visible',
  'people.more': { one: 'et {count} autre', many: 'et {count} d’autres', other: 'et {count} autres' },
  'room.title': 'Pour faire de la place, supprimer',
  'room.nothing':
    'Rien d’autre n’est enregistré ici qui puisse être supprimé. Libérez de l’espace sur cet appareil, ou ouvrez le lien dans un autre navigateur.',
  'numbers.title': 'Vitesse et morceaux',
  'numbers.graph':
    'Vitesse de la dernière minute et demie : {download} en réception et {upload} en envoi ; le haut du graphique est à {most}.',
  'numbers.download': 'réception {rate}',
  'numbers.upload': 'envoi {rate}',
  'numbers.top': 'haut du graphique {rate}',
  'pieces.here': {
    one: '{here} sur {count} morceau est ici',
    many: '{here} sur {count} de morceaux sont ici',
    other: '{here} sur {count} morceaux sont ici',
  },
  'pieces.coming': { one: '{count} en route', many: '{count} en route', other: '{count} en route' },
  'pieces.rarest': {
    one: 'le plus rare des autres existe une fois',
    many: 'le plus rare des autres existe {count} de fois',
    other: 'le plus rare des autres existe {count} fois',
  },
  'pieces.nowhere': {
    one: '{count} n’est chez personne de connecté',
    many: '{count} ne sont chez personne de connecté',
    other: '{count} ne sont chez personne de connecté',
  },

  'limits.title': 'Limites',
  'limits.titleUpload': 'Limites : envoi {upload}',
  'limits.titleDownload': 'Limites : réception {download}',
  'limits.titleBoth': 'Limites : envoi {upload}, réception {download}',
  'limits.upload': 'Envoi',
  'limits.download': 'Réception',
  'limits.uploadUnit': 'Unité de la limite d’envoi',
  'limits.downloadUnit': 'Unité de la limite de réception',
  'limits.none': 'sans limite',
  'limits.sparesMobileData': 'Ne rien envoyer avec les données mobiles',
  'limits.onMobileData': 'Cet appareil utilise les données mobiles ; rien n’est donc envoyé en ce moment.',
  'limits.notARate': 'Un nombre comme 500 ou 1,5, ou rien pour ne pas limiter.',
  'limits.hint':
    'Pour chaque fichier, aussi lors des prochaines visites sur cet appareil. Qui envoie moins est souvent moins servi.',

  'wrongLink.title': 'Ce lien ne mène nulle part',
  'wrongLink.hint': 'Dès que le bon lien est dans la barre d’adresse, la page continue d’elle-même.',

  'check.title': 'Vérifier la connexion',
  'check.lead': 'Avant un cours ou une réunion : ce qu’il faut pour partager, essayé ici et maintenant.',
  'check.running': 'Essai en cours…',
  'check.verdict.running': 'En cours',
  'check.verdict.good': 'Bon',
  'check.verdict.note': 'À noter',
  'check.verdict.bad': 'Problème',
  'check.webrtc.name': 'Navigateur',
  'check.webrtc.good': 'Ce navigateur peut se connecter à d’autres.',
  'check.webrtc.bad':
    'WebRTC manque ou est désactivé. Utilisez une version récente de Chrome, Edge, Firefox ou Safari, ou demandez à qui gère cet appareil de l’autoriser.',
  'check.channel.name': 'Canal de données',
  'check.channel.good': {
    one: 'La page s’est connectée à elle-même en {count} milliseconde.',
    many: 'La page s’est connectée à elle-même en {count} de millisecondes.',
    other: 'La page s’est connectée à elle-même en {count} millisecondes.',
  },
  'check.channel.bad':
    'La page n’a même pas pu se connecter à elle-même. Une extension, un réglage de confidentialité ou un pare-feu de cet appareil bloque WebRTC : essayez sans extensions, ou avec un autre navigateur.',
  'check.server.name': 'Serveur',
  'check.server.good': {
    one: 'Le serveur qui met les gens en relation a répondu en {count} milliseconde.',
    many: 'Le serveur qui met les gens en relation a répondu en {count} de millisecondes.',
    other: 'Le serveur qui met les gens en relation a répondu en {count} millisecondes.',
  },
  'check.server.bad':
    'Le serveur est injoignable par WebSocket. Un proxy ou un filtre le bloque peut-être : demandez à l’administrateur du réseau d’autoriser les connexions WebSocket vers cette adresse.',
  'check.stun.name': 'Portée au-delà de ce réseau',
  'check.stun.answered':
    'Un serveur d’aide a indiqué à cet appareil son adresse publique : on peut souvent s’y connecter depuis d’autres réseaux.',
  'check.stun.silent':
    'Le serveur d’aide n’a pas répondu : les personnes de ce réseau peuvent se connecter, les autres sans doute pas. Un pare-feu bloque peut-être UDP.',
  'check.stun.none':
    'Aucun serveur d’aide n’est configuré ; les connexions ne fonctionnent donc que dans un même réseau. Tous les appareils doivent utiliser le même Wi-Fi.',
  'check.storage.name': 'Stockage',
  'check.storage.good': 'Ce navigateur a de la place pour {size}.',
  'check.storage.unknown': 'Ce navigateur enregistre des fichiers ; il ne dit pas combien de place il reste.',
  'check.storage.bad':
    'Ce navigateur n’enregistre rien : il peut partager, mais pas recevoir. Autorisez les données de site pour cette page, ou quittez la navigation privée.',
  'check.secure.name': 'Adresse',
  'check.secure.good': 'L’adresse est sécurisée ; tout ce que sait faire cette page est disponible.',
  'check.secure.note':
    'L’adresse commence par http ; les navigateurs omettent alors quelques conforts : choisir où enregistrer, notifications, installation comme application. Partager et recevoir fonctionne.',
  'check.meeting': 'Un autre appareil',
  'check.meetingWaits': 'En attente d’un autre appareil',
  'check.meetingHow':
    'Ouvrez ce lien sur un autre appareil, dans le réseau à utiliser. Si rien ne se passe en une demi-minute, ce réseau isole les appareils : essayez un autre Wi-Fi ou le partage de connexion d’un téléphone.',
  'check.metDirectly': 'Connecté directement',
  'check.metByRelay': 'Connecté par un relais',
  'check.metAndSent': 'Les appareils ont échangé {size} et les ont vérifiés. Le partage fonctionnera entre eux.',

  'opening.word': 'Ouverture',
  'opening.sentence': 'Recherche de ce que ce navigateur a enregistré de ce fichier…',
  'noWebrtc.word': 'Impossible ici',
  'noWebrtc.sentence':
    'Ce navigateur ne peut pas se connecter à ceux des autres : WebRTC manque ou est désactivé. Ouvrez cette page dans une version récente de Chrome, Edge, Firefox ou Safari.',
  'noStorage.word': 'Enregistrement impossible',
  'noStorage.sentence':
    '{reason} Sans cela, un fichier ne peut pas être reçu. Autorisez les données de site pour cette page, ou quittez la navigation privée ; la réception commencera alors d’elle-même.',
  'crashed.word': 'Une erreur est survenue',
  'crashed.sentence':
    'C’est une erreur de Tabswarm, pas la vôtre. Rechargez la page ; ce qui a été enregistré est toujours là. ({reason})',
  'stopped.word': 'Arrêté',
  'stopped.paused': 'Suspendu',
  'stopped.sharer': 'Cet onglet ne partage plus le fichier. Ceux qui l’ont en entier peuvent continuer.',
  'stopped.whole':
    'Cet onglet n’aide plus les autres. Le fichier est toujours dans ce navigateur, et vous pouvez l’enregistrer.',
  'stopped.part': 'Ce qui est arrivé est conservé dans ce navigateur. Reprenez pour recevoir le reste.',
  'connecting.word': 'Connexion',
  'connecting.toServer': 'Connexion au serveur, pour savoir qui a ce fichier…',
  'connecting.toPeople': 'Connexion aux personnes qui ont ce fichier…',
  'connecting.forLong':
    'Il y a des personnes avec ce lien, mais aucune connexion avec elles n’aboutit. Elles viennent peut-être de partir, ou un réseau intermédiaire bloque les connexions directes, comme dans certains bureaux et écoles : essayez le même Wi-Fi qu’elles, ou le partage de connexion d’un téléphone. Les tentatives continuent d’elles-mêmes.',
  'serverGone.word': 'Serveur injoignable',
  'serverGone.sentence':
    'Le serveur qui met les gens en relation ne répond pas. Si cela dure, vérifiez votre connexion au réseau.',
  'serverGone.retryNow': 'Nouvelle tentative en cours.',
  'serverGone.retryIn': 'Nouvelle tentative dans {seconds}.',
  'serverGone.beside':
    'Le serveur est injoignable, personne de nouveau ne peut donc arriver. Les transferts continuent.',
  'serverRefuses.word': 'Le serveur refuse',
  'serverRefuses.sentence':
    'Le serveur n’a pas laissé entrer cet onglet. Il dit : « {reason} » Il sera redemandé automatiquement.',
  'serverRefuses.beside':
    'Le serveur ne laisse entrer personne de nouveau. Il dit : « {reason} » Les transferts continuent.',
  'waiting.word': 'En attente',
  'waiting.nobody':
    'Personne ici n’a ce fichier pour le moment. Demandez à la personne qui vous a envoyé le lien d’ouvrir son onglet ; la réception commencera alors d’elle-même.',
  'waiting.nobodyForLong':
    'Toujours personne avec ce fichier. La personne qui vous a envoyé le lien doit l’ouvrir, ou partager de nouveau le fichier. Si vous avez recopié le lien à la main, comparez-le avec le sien : un seul caractère faux mène à un endroit vide comme celui-ci. La réception commencera d’elle-même dès que quelqu’un arrivera.',
  'waiting.partWasKept':
    'Seule une partie de ce fichier a été conservée dans ce navigateur. Choisissez de nouveau le même fichier pour continuer à le partager en entier, ou attendez quelqu’un qui l’a.',
  'waiting.restOfOwn':
    'Le reste de ce fichier n’est pas encore ici. Choisissez de nouveau le même fichier pour continuer à le partager en entier, ou attendez quelqu’un qui l’a.',
  'waiting.forTurn':
    'Connecté. Tous ceux qui ont davantage du fichier en servent d’autres en ce moment ; les tours changent toutes les quelques secondes.',
  'waiting.forPieces': {
    one: 'Connecté à {count} personne. Les prochains morceaux arrivent d’eux-mêmes.',
    many: 'Connecté à {count} de personnes. Les prochains morceaux arrivent d’eux-mêmes.',
    other: 'Connecté à {count} personnes. Les prochains morceaux arrivent d’eux-mêmes.',
  },
  'waiting.stuck':
    'Aucune des personnes connectées n’a le reste de ce fichier. Demandez à la personne qui vous a envoyé le lien d’ouvrir son onglet ; la réception continuera alors d’elle-même.',
  'connected.word': 'Connecté',
  'connected.first': {
    one: 'Connecté à {count} personne. Les premiers morceaux sont en route.',
    many: 'Connecté à {count} de personnes. Les premiers morceaux sont en route.',
    other: 'Connecté à {count} personnes. Les premiers morceaux sont en route.',
  },
  'connected.next': {
    one: 'Connecté à {count} personne. Les prochains morceaux sont en route.',
    many: 'Connecté à {count} de personnes. Les prochains morceaux sont en route.',
    other: 'Connecté à {count} personnes. Les prochains morceaux sont en route.',
  },
  'connected.findingName': {
    one: 'Connecté à {count} personne. Demande du nom et de la taille du fichier…',
    many: 'Connecté à {count} de personnes. Demande du nom et de la taille du fichier…',
    other: 'Connecté à {count} personnes. Demande du nom et de la taille du fichier…',
  },
  'connected.toWebServer': 'Connecté à un serveur web qui a le fichier. Les morceaux suivants arrivent d’eux-mêmes.',
  'downloading.word': 'Téléchargement',
  'downloading.sentence': 'Vous pourrez enregistrer le fichier quand tout sera là. Gardez cet onglet ouvert.',
  'nothingChosen.word': 'Rien de choisi',
  'nothingChosen.sentence': 'Cochez ci-dessous les fichiers que vous voulez.',
  'noRoom.word': 'Pas assez de place',
  'noRoom.sentence':
    'Il faut {needed}, mais ce navigateur n’a de place que pour {free} ; la réception ne commence donc pas. Libérez de l’espace ou supprimez quelque chose ci-dessous, et elle commencera d’elle-même.',
  'noRoom.begin': 'Commencer quand même',
  'unusable.word': 'Réception impossible',
  'unusable.sentence': '{reason} Demandez à la personne qui vous a envoyé le lien de partager le fichier ici.',
  'storageFull.word': 'Plus de place',
  'storageFull.sentence': '{reason} Ce qui pourrait être supprimé est indiqué ci-dessous.',
  'storing.word': 'Écriture',
  'storing.sentence': 'Tout est arrivé. Les derniers morceaux sont écrits sur le disque…',
  'complete.word': 'Complet',
  'complete.sentence': 'Tout est là. Tant que cet onglet reste ouvert, il aide les autres à recevoir le fichier aussi.',
  'sharing.word': 'Partage en cours',
  'sharing.nobody': 'Envoyez le lien. Quiconque l’ouvre reçoit le fichier depuis cet onglet.',
  'sharing.nobodyWhole': 'Ils le reçoivent de vous et les uns des autres.',
  'sharing.allWhole': 'Toutes les personnes connectées ont le fichier entier et le retransmettent.',
  'sharing.someWhole': 'Certains ont tout et le retransmettent. C’est plus rapide tant que vous restez.',
  'safe.onlyHere': 'Ne fermez pas encore : seul cet onglet a le fichier.',
  'safe.partElsewhere': 'Ne fermez pas encore : les autres en ont ensemble {percent}, le reste n’est qu’ici.',
  'safe.yes': {
    one: 'Vous pouvez fermer : {count} copie entière existe ailleurs, le fichier vit sans cet onglet.',
    many: 'Vous pouvez fermer : {count} de copies entières existent ailleurs, le fichier vit sans cet onglet.',
    other: 'Vous pouvez fermer : {count} copies entières existent ailleurs, le fichier vit sans cet onglet.',
  },
  'copy.kept': 'Une copie est conservée dans ce navigateur ; après un rechargement, le partage continue.',
  'copy.copying':
    'Une copie est en cours dans ce navigateur, pour que le partage continue après un rechargement : {percent}.',
  'copy.failed': 'Aucune copie n’a pu être conservée dans ce navigateur ; ne rechargez donc pas cet onglet. {reason}',

  'trouble.no-room':
    'Il n’y a plus de place sur cet appareil pour la suite du fichier. Libérez de l’espace, et la réception continuera d’elle-même.',
  'trouble.storage-forbidden':
    'Ce navigateur ne laisse pas la page enregistrer quoi que ce soit. Une fenêtre privée ou des réglages stricts peuvent en être la cause.',
  'trouble.cannot-store':
    'Le navigateur n’a pas pu enregistrer une partie du fichier sur cet appareil. Il dit : « {detail} »',
  'trouble.no-room-for-copy': 'Il n’y a pas assez de place sur cet appareil pour une copie du fichier.',
  'trouble.part-missing':
    'Une partie du fichier manque sur cet appareil. Rechargez la page pour la recevoir de nouveau.',
  'trouble.file-too-large': '« {detail} » dépasse 200 Go, le maximum qui puisse être partagé.',
  'trouble.too-many-files':
    'Il y a plus de 20 000 fichiers, le maximum qui puisse être partagé à la fois. Réunissez-les d’abord dans une archive.',
  'trouble.folder-too-deep':
    '« {detail} » contient trop de fichiers, ou de dossiers dans des dossiers. Réunissez tout d’abord dans une archive.',
  'trouble.folder-unreadable': 'Le dossier « {detail} » ne peut pas être lu.',
  'trouble.file-unreadable':
    '« {detail} » ne peut pas être lu, ou a été modifié entre-temps. Choisissez-le de nouveau pour le partager tel qu’il est maintenant.',
  'trouble.shared-file-unreadable':
    'Le fichier ne peut plus être lu. Choisissez-le de nouveau pour continuer à le partager.',
  'trouble.nothing-to-save': 'Il n’y a encore rien à enregistrer.',
  'trouble.no-room-at-place':
    'Il n’y a pas de place pour le fichier là où vous vouliez l’enregistrer. Libérez de l’espace, ou choisissez un autre endroit.',
  'trouble.no-room-to-compose':
    'Cette fenêtre n’a pas la place d’assembler le fichier. Si elle est privée, ouvrez le lien dans une fenêtre normale ; sinon, fermez d’autres onglets et enregistrez de nouveau.',
  'trouble.not-saved': 'Le navigateur dit : « {detail} »',
  'trouble.web-seed-closed': 'Il est injoignable, ou ne laisse pas d’autres pages lire ses fichiers (CORS).',
  'trouble.web-seed-without-ranges': 'Il n’envoie que des fichiers entiers, pas les parties demandées.',
  'trouble.web-seed-refuses': 'Il répond {detail} au lieu d’une partie du fichier.',
  'trouble.web-seed-broke-off': 'Il s’est interrompu, ou met trop de temps.',
  'trouble.web-seed-other-size': 'Son fichier a une autre taille.',
  'trouble.web-seed-lies': 'Il a envoyé autre chose que ce fichier, et n’est plus interrogé.',
  'trouble.link-too-long': 'Ce texte est trop long pour un lien de partage.',
  'trouble.link-of-version-2':
    'Ce lien mène à un torrent de version 2. Seule la version 1 peut être reçue pour l’instant.',
  'trouble.link-names-no-torrent': 'Ce lien magnet ne nomme aucun torrent. Redemandez le lien.',
  'trouble.link-is-none': 'Ce n’est pas un lien de partage. Redemandez le lien.',
  'trouble.link-too-short': 'La fin de ce lien manque : il a {detail} caractères sur 40. Copiez-le en entier.',
  'trouble.link-has-more-digits': 'Ce lien a {detail} caractères au lieu de 40. Redemandez le lien.',
};
