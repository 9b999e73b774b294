/** Every text of the page, in German. */
import type { Messages } from './en.ts';

export const messages: Messages = {
  'app.promise':
    'Dateien gehen verschlüsselt von Browser zu Browser. Der Server bringt nur Menschen zusammen; er sieht nie eine Datei.',
  'app.dropHere': 'Ablegen, um zu teilen',
  'app.shareFiles': 'Dateien teilen',
  'app.language': 'Sprache',
  'app.check': 'Verbindung prüfen',

  'home.lead':
    'Senden Sie Dateien per Link. Alle, die ihn öffnen, laden die Dateien von Ihnen und voneinander herunter.',
  'home.chooseFiles': 'Dateien auswählen',
  'home.chooseFolder': 'Ordner auswählen',
  'home.orDrop': 'oder irgendwo auf dieser Seite ablegen oder einfügen',
  'home.link': 'Haben Sie einen Link oder einen Code?',
  'home.openLink': 'Öffnen',
  'home.noLink': 'Das ist weder ein Link noch ein Code. Ein Code hat acht Gruppen aus vier Buchstaben oder Ziffern.',
  'home.openHere': 'In diesem Tab geöffnet',
  'home.show': 'Anzeigen',
  'home.stateAndPercent': '{state}, {percent}',

  'drop.nothing':
    'Der Browser hat keine Dateien übergeben: Der Ordner ist leer, oder er behält sie für sich. Bitte wählen Sie sie über eine Schaltfläche aus.',

  'review.region': 'Was geteilt werden soll',
  'review.word': 'Bitte durchsehen',
  'review.title': { one: '{count} Datei, {size}', other: '{count} Dateien, {size}' },
  'review.folderName': 'Name des Ordners',
  'review.remove': 'Entfernen',
  'review.removeFile': '{name} entfernen',
  'review.share': 'Teilen',
  'review.addFiles': 'Dateien hinzufügen',
  'review.addFolder': 'Ordner hinzufügen',
  'review.cancel': 'Abbrechen',
  'tree.more': { one: 'und {count} weitere', other: 'und {count} weitere' },
  'files.title': { one: '{count} Datei', other: '{count} Dateien' },
  'files.fetch': '{name} holen',
  'files.here': '✓ da',
  'files.first': 'Zuerst',
  'files.fetchFirst': '{name} zuerst holen',
  'files.turn': 'Nr. {turn}',
  'files.save': 'Speichern',
  'files.saveFile': '{name} speichern',
  'look.play': 'Abspielen',
  'look.playFile': '{name} abspielen',
  'look.show': 'Anzeigen',
  'look.showFile': '{name} anzeigen',
  'look.close': 'Schließen',
  'look.coming': 'Sie sehen es, sobald alles da ist: bisher {progress}.',
  'look.plainHttp':
    'Unter einer einfachen http-Adresse lassen Browser eine Seite nichts abspielen, was noch unterwegs ist. Es kann hier abgespielt werden, sobald alles da ist: bisher {progress}.',
  'look.cut': 'Nur der Anfang wird angezeigt.',
  'look.tooLarge': 'Es ist zu groß, um hier angezeigt zu werden. Speichern Sie es, um es zu öffnen.',
  'look.failed': 'Es kann hier nicht angezeigt werden. Speichern Sie es, um es zu öffnen.',

  'file.nameUnknown': 'Eine Datei, deren Name noch nicht bekannt ist',
  'file.titleUnknown': 'Eine noch unbekannte Datei',
  'file.nameComing': 'Name und Größe kommen von der ersten Person, die hier ist.',
  'file.sizeComing': 'Ihre Größe kommt von der ersten Person, die hier ist.',
  'file.partOfSize': '{part} von {size}',

  'stored.title': 'Auf diesem Gerät gespeichert',
  'stored.titleNothing': 'Auf diesem Gerät gespeichert: nichts',
  'stored.titleFiles': {
    one: 'Auf diesem Gerät gespeichert: {count} Datei, {size}',
    other: 'Auf diesem Gerät gespeichert: {count} Dateien, {size}',
  },
  'stored.copies': { one: '{count} Kopie', other: '{count} Kopien, eine je Tab, zusammen {size}' },
  'stored.shared': 'von hier geteilt',
  'stored.complete': 'vollständig',
  'stored.part': 'noch nicht ganz da',
  'stored.lastUsed': 'zuletzt benutzt: {when}',
  'stored.openHere': 'in diesem Tab geöffnet',
  'stored.openElsewhere': { one: 'in einem anderen Tab geöffnet', other: 'in {count} anderen Tabs geöffnet' },
  'stored.openHereAndElsewhere': {
    one: 'in diesem und einem anderen Tab geöffnet',
    other: 'in diesem und {count} anderen Tabs geöffnet',
  },
  'stored.closeToDelete': {
    one: 'in einem anderen Tab geöffnet: zum Löschen jenen Tab schließen',
    other: 'in {count} anderen Tabs geöffnet: zum Löschen jene Tabs schließen',
  },
  'stored.open': 'Öffnen',
  'stored.delete': 'Löschen',
  'stored.deleteForGood': 'Endgültig löschen',
  'stored.keep': 'Behalten',
  'stored.deleteQuestion': {
    one: 'Von diesem Gerät löschen?',
    other: '{count} Kopien von diesem Gerät löschen?',
  },
  'stored.thisTabLeaves': 'Auch dieser Tab hört dann auf zu teilen.',
  'stored.elsewhereStays': {
    one: 'Was in einem anderen Tab geöffnet ist, bleibt.',
    other: 'Was in {count} anderen Tabs geöffnet ist, bleibt.',
  },

  'preparing.region': 'Wird vorbereitet',
  'preparing.word': 'Vorbereitung',
  'preparing.sentence': 'Alles wird einmal gelesen, um den Link zu erstellen. Es bleibt auf diesem Gerät.',
  'preparing.bar': 'Vorbereitung',
  'preparing.cancel': 'Abbrechen',

  'facts.speed': 'Tempo',
  'facts.timeLeft': 'Restzeit',
  'facts.connected': 'Verbunden',
  'facts.passedOn': 'Weitergegeben',
  'facts.uploaded': 'Hochgeladen',
  'facts.uploadSpeed': 'Sendetempo',
  'facts.haveAll': 'Haben alles',
  'facts.wholeOf': '{whole} von {all}',
  'facts.people': { one: '{count} Person', other: '{count} Personen' },

  'swarm.region': 'Zustand',
  'swarm.bar': 'Empfangen',
  'swarm.percentReceived': '{percent} empfangen',
  'swarm.stopSharing': 'Teilen beenden',
  'swarm.startAgain': 'Erneut starten',
  'swarm.pause': 'Pause',
  'swarm.resume': 'Fortsetzen',
  'swarm.cancel': 'Abbrechen',
  'swarm.cancelQuestion': 'Beenden und das Angekommene löschen?',
  'swarm.cancelYes': 'Beenden und löschen',
  'swarm.cancelNo': 'Weitermachen',
  'swarm.reload': 'Neu laden',

  'title.someFile': 'Eine Datei',
  'title.complete': '✓ {name}',
  'title.sharing': 'Geteilt: {name}',
  'title.stopped': 'Beendet: {name}',
  'title.progress': '{percent} {name}',
  'title.wrongLink': 'Falscher Link',
  'notice.complete': '{name} ist vollständig',
  'notice.ask': 'Bescheid geben, wenn alles da ist',
  'notice.granted': 'Sie bekommen Bescheid, wenn alles da ist.',
  'notice.denied':
    'Der Browser lässt diese Seite keine Mitteilungen anzeigen. Der Titel des Tabs zeigt den Fortschritt.',

  'share.link': 'Link zum Teilen',
  'more.title': 'Mehr',
  'more.hint': 'Für andere BitTorrent-Programme, die WebRTC sprechen, etwa WebTorrent.',
  'more.code': 'Zum Vorlesen und zum Eintippen auf der Startseite dieser Website:',
  'more.copyMagnet': 'Magnet-Link kopieren',
  'more.saveTorrent': 'Torrent-Datei speichern',
  'share.copy': 'Link kopieren',
  'share.send': 'Link senden …',
  'share.copied': '✓ Kopiert',
  'share.copyRefused':
    'Der Browser lässt die Seite nicht kopieren. Der Link ist jetzt markiert: Drücken Sie Strg+C (⌘C auf einem Mac).',
  'share.qr': 'QR-Code des Links',
  'share.qrLarge': 'Groß anzeigen',
  'share.qrClose': 'Schließen',
  'share.onlyHere':
    'Dieser Link funktioniert nur auf diesem Computer. Um andere zu erreichen, öffnen Sie diese Seite unter der Netzwerkadresse, die der Server beim Start ausgegeben hat, und teilen Sie von dort.',

  'save.save': '{name} speichern',
  'save.folder': 'Ordner {name} speichern',
  'save.zip': 'Als {name} speichern',
  'save.cancel': 'Speichern abbrechen',
  'save.saving': 'Wird gespeichert … {percent}',
  'save.saved': 'Gespeichert.',
  'save.downloaded': 'Gespeichert; zu finden bei den Downloads Ihres Browsers.',
  'save.handedToBrowser': 'Ihr Browser speichert die Datei gerade; zu finden bei seinen Downloads.',
  'save.cancelled': 'Nicht gespeichert.',
  'save.failed': 'Das Speichern ist fehlgeschlagen. {reason}',

  'people.title': 'Wer verbunden ist',
  'people.nobody': 'Im Moment niemand.',
  'people.program': 'Programm',
  'people.programUnknown': 'Unbekannt',
  'people.direct': 'direkt',
  'people.relayed': 'über Relais',
  'people.same-browser': 'in diesem Browser',
  'people.webServer': 'Webserver',
  'people.has': 'Hat',
  'people.givesYou': 'Gibt Ihnen',
  'people.getsFromYou': 'Bekommt von Ihnen',
  'people.atLeast': '{percent}+',
  'people.mayHaveMore': '+ hat vielleicht mehr, als bisher zu sehen ist',
  'people.more': { one: 'und {count} weitere Person', other: 'und {count} weitere' },
  'room.title': 'Um Platz zu schaffen, löschen',
  'room.nothing':
    'Hier ist sonst nichts gespeichert, was gelöscht werden könnte. Schaffen Sie Platz auf diesem Gerät oder öffnen Sie den Link in einem anderen Browser.',
  'numbers.title': 'Tempo und Teile',
  'numbers.graph':
    'Tempo der letzten anderthalb Minuten: jetzt {download} empfangen und {upload} gesendet, oberer Rand {most}.',
  'numbers.download': 'empfangen {rate}',
  'numbers.upload': 'gesendet {rate}',
  'numbers.top': 'oberer Rand {rate}',
  'pieces.here': { one: '{here} von {count} Teil ist hier', other: '{here} von {count} Teilen sind hier' },
  'pieces.coming': { one: '{count} unterwegs', other: '{count} unterwegs' },
  'pieces.rare': { one: '{count} hat nur eine Person', other: '{count} hat nur eine Person' },
  'pieces.common': { one: '{count} haben mehrere', other: '{count} haben mehrere' },
  'pieces.nowhere': { one: '{count} hat niemand, der verbunden ist', other: '{count} hat niemand, der verbunden ist' },

  'limits.title': 'Begrenzungen',
  'limits.titleUpload': 'Begrenzungen: Upload {upload}',
  'limits.titleDownload': 'Begrenzungen: Download {download}',
  'limits.titleBoth': 'Begrenzungen: Upload {upload}, Download {download}',
  'limits.upload': 'Upload',
  'limits.download': 'Download',
  'limits.uploadUnit': 'Einheit der Upload-Begrenzung',
  'limits.downloadUnit': 'Einheit der Download-Begrenzung',
  'limits.none': 'unbegrenzt',
  'limits.sparesMobileData': 'Über mobile Daten nichts senden',
  'limits.onMobileData': 'Dieses Gerät nutzt gerade mobile Daten, daher wird nichts gesendet.',
  'limits.notARate': 'Eine Zahl wie 500 oder 1,5, oder nichts für unbegrenzt.',
  'limits.hint':
    'Für jede Datei, auch bei späteren Besuchen auf diesem Gerät. Wer weniger sendet, bekommt oft auch weniger.',

  'wrongLink.title': 'Dieser Link führt ins Leere',
  'wrongLink.hint': 'Sobald der richtige Link in der Adresszeile steht, geht es von selbst weiter.',

  'check.title': 'Verbindung prüfen',
  'check.lead': 'Vor dem Unterricht oder einer Besprechung: Hier wird ausprobiert, was zum Teilen nötig ist.',
  'check.running': 'Wird ausprobiert …',
  'check.verdict.running': 'Läuft',
  'check.verdict.good': 'Gut',
  'check.verdict.note': 'Hinweis',
  'check.verdict.bad': 'Problem',
  'check.webrtc.name': 'Browser',
  'check.webrtc.good': 'Dieser Browser kann sich mit anderen Browsern verbinden.',
  'check.webrtc.bad':
    'WebRTC fehlt oder ist abgeschaltet. Verwenden Sie einen aktuellen Chrome, Edge, Firefox oder Safari, oder bitten Sie die Verwaltung dieses Geräts, es zu erlauben.',
  'check.channel.name': 'Datenkanal',
  'check.channel.good': {
    one: 'Die Seite hat sich in {count} Millisekunde mit sich selbst verbunden.',
    other: 'Die Seite hat sich in {count} Millisekunden mit sich selbst verbunden.',
  },
  'check.channel.bad':
    'Die Seite konnte sich nicht einmal mit sich selbst verbinden. Eine Erweiterung, eine Datenschutzeinstellung oder eine Firewall auf diesem Gerät verhindert WebRTC: Versuchen Sie es ohne Erweiterungen oder mit einem anderen Browser.',
  'check.server.name': 'Server',
  'check.server.good': {
    one: 'Der Server, der Menschen zusammenbringt, hat nach {count} Millisekunde geantwortet.',
    other: 'Der Server, der Menschen zusammenbringt, hat nach {count} Millisekunden geantwortet.',
  },
  'check.server.bad':
    'Der Server ist per WebSocket nicht erreichbar. Ein Proxy oder Filter blockiert ihn vielleicht: Bitten Sie die Netzverwaltung, WebSocket-Verbindungen zu dieser Adresse zu erlauben.',
  'check.stun.name': 'Reichweite über dieses Netz hinaus',
  'check.stun.answered':
    'Ein Hilfsserver hat diesem Gerät seine öffentliche Adresse genannt: Menschen in anderen Netzen können sich meist verbinden.',
  'check.stun.silent':
    'Der Hilfsserver hat nicht geantwortet: Menschen in diesem Netz können sich verbinden, andere wohl nicht. Vielleicht blockiert eine Firewall UDP.',
  'check.stun.none':
    'Es ist kein Hilfsserver eingerichtet; Verbindungen klappen nur innerhalb eines Netzes. Alle Geräte sollten dasselbe WLAN nutzen.',
  'check.storage.name': 'Speicher',
  'check.storage.good': 'Dieser Browser hat Platz für {size}.',
  'check.storage.unknown': 'Dieser Browser speichert Dateien; wie viel Platz da ist, verrät er nicht.',
  'check.storage.bad':
    'Dieser Browser speichert nichts; er kann teilen, aber nicht empfangen. Erlauben Sie Websitedaten für diese Seite oder verlassen Sie den privaten Modus.',
  'check.secure.name': 'Adresse',
  'check.secure.good': 'Die Adresse ist sicher; alles, was diese Seite kann, steht zur Verfügung.',
  'check.secure.note':
    'Die Adresse beginnt mit http; Browser lassen dann einige Annehmlichkeiten weg: Speicherort wählen, Mitteilungen, Installation als App. Teilen und Empfangen funktionieren.',
  'check.meeting': 'Ein anderes Gerät',
  'check.meetingWaits': 'Warten auf ein anderes Gerät',
  'check.meetingHow':
    'Öffnen Sie diesen Link auf einem anderen Gerät in dem Netz, das benutzt werden soll. Geschieht innerhalb einer halben Minute nichts, hält das Netz Geräte voneinander fern: Versuchen Sie ein anderes WLAN oder den Hotspot eines Telefons.',
  'check.met.direct': 'Direkt verbunden',
  'check.met.relayed': 'Über ein Relais verbunden',
  'check.metAndSent': 'Die Geräte haben {size} ausgetauscht und geprüft. Teilen wird zwischen ihnen funktionieren.',

  'opening.word': 'Öffnen',
  'opening.sentence': 'Es wird nachgesehen, was dieser Browser von der Datei gespeichert hat …',
  'noWebrtc.word': 'Hier nicht möglich',
  'noWebrtc.sentence':
    'Dieser Browser kann sich nicht mit den Browsern anderer verbinden: WebRTC fehlt oder ist abgeschaltet. Öffnen Sie diese Seite in einem aktuellen Chrome, Edge, Firefox oder Safari.',
  'noStorage.word': 'Speichern nicht möglich',
  'noStorage.sentence':
    '{reason} Ohne Speicher kann keine Datei empfangen werden. Erlauben Sie Websitedaten für diese Seite oder verlassen Sie den privaten Modus; dann beginnt es von selbst.',
  'crashed.word': 'Ein Fehler ist aufgetreten',
  'crashed.sentence':
    'Das ist ein Fehler von Tabswarm, nicht Ihrer. Laden Sie die Seite neu; was gespeichert wurde, ist noch da. ({reason})',
  'stopped.word': 'Beendet',
  'stopped.paused': 'Pausiert',
  'stopped.sharer': 'Dieser Tab teilt die Datei nicht mehr. Andere, die alles haben, können weitermachen.',
  'stopped.whole':
    'Dieser Tab hilft anderen nicht mehr. Die Datei liegt noch in diesem Browser, und Sie können sie speichern.',
  'stopped.part': 'Was angekommen ist, bleibt in diesem Browser. Setzen Sie fort, um den Rest zu bekommen.',
  'connecting.word': 'Verbindung wird aufgebaut',
  'connecting.toServer': 'Verbindung zum Server, um zu erfahren, wer diese Datei hat …',
  'connecting.toPeople': 'Verbindung zu den Menschen, die diese Datei haben …',
  'connecting.forLong':
    'Es gibt Menschen mit diesem Link, aber es kommt keine Verbindung zu ihnen zustande. Vielleicht sind sie gerade gegangen, oder ein Netz dazwischen verhindert direkte Verbindungen, wie in manchen Büros und Schulen: Versuchen Sie dasselbe WLAN oder den Hotspot eines Telefons. Es wird von selbst weiter versucht.',
  'serverGone.word': 'Server nicht erreichbar',
  'serverGone.sentence':
    'Der Server, der Menschen zusammenbringt, antwortet nicht. Wenn das anhält, prüfen Sie bitte Ihre Netzwerkverbindung.',
  'serverGone.retryNow': 'Neuer Versuch läuft.',
  'serverGone.retryIn': 'Neuer Versuch in {seconds}',
  'serverGone.beside':
    'Der Server ist nicht erreichbar, daher kann niemand Neues dazukommen. Laufende Übertragungen gehen weiter.',
  'serverRefuses.word': 'Server lehnt ab',
  'serverRefuses.sentence':
    'Der Server hat diesen Tab nicht zugelassen. Er meldet: „{reason}“ Es wird von selbst noch einmal gefragt.',
  'serverRefuses.beside':
    'Der Server lässt niemand Neues zu. Er meldet: „{reason}“ Laufende Übertragungen gehen weiter.',
  'refusal.full': 'Zu viele laden diese Datei gerade; später geht es vielleicht.',
  'refusal.blocked': 'Dieser Inhalt ist auf diesem Server gesperrt.',
  'refusal.tooOften': 'Dieser Tab fragt zu oft: Warten Sie eine Minute.',
  'refusal.crowdedAddress': 'Aus diesem Netz sind zu viele Tabs verbunden; später geht es vielleicht.',
  'refusal.tooManySwarms': 'Dieser Tab ist in zu vielen Schwärmen zugleich.',
  'refusal.heldPeerId': 'Er hält diesen Tab für einen anderen, der gerade gegangen ist.',
  'refusal.fault': 'Er konnte nicht antworten; später geht es vielleicht.',
  'waiting.word': 'Warten',
  'waiting.nobody':
    'Im Moment ist niemand da, der diese Datei hat. Bitten Sie die Person, die Ihnen den Link geschickt hat, ihren Tab zu öffnen; dann beginnt es von selbst.',
  'waiting.nobodyForLong':
    'Noch immer niemand mit dieser Datei. Die Person, die Ihnen den Link geschickt hat, muss ihn öffnen oder die Datei noch einmal teilen. Wenn Sie den Link abgetippt haben, vergleichen Sie ihn mit dem ursprünglichen: Ein falsches Zeichen führt an einen leeren Ort wie diesen. Sobald jemand kommt, beginnt es von selbst.',
  'waiting.partWasKept':
    'In diesem Browser ist nur ein Teil der Datei erhalten. Wählen Sie dieselbe Datei noch einmal aus, um alles weiter zu teilen, oder warten Sie auf jemanden, der sie hat.',
  'waiting.restOfOwn':
    'Der Rest der Datei ist noch nicht hier. Wählen Sie dieselbe Datei noch einmal aus, um alles weiter zu teilen, oder warten Sie auf jemanden, der sie hat.',
  'waiting.forTurn':
    'Verbunden. Alle, die mehr von der Datei haben, bedienen gerade andere; alle paar Sekunden wird gewechselt.',
  'waiting.forPieces': {
    one: 'Mit {count} Person verbunden. Die nächsten Teile kommen von selbst.',
    other: 'Mit {count} Personen verbunden. Die nächsten Teile kommen von selbst.',
  },
  'waiting.stuck':
    'Niemand, der verbunden ist, hat den Rest der Datei. Bitten Sie die Person, die Ihnen den Link geschickt hat, ihren Tab zu öffnen; dann geht es von selbst weiter.',
  'connected.word': 'Verbunden',
  'connected.first': {
    one: 'Mit {count} Person verbunden. Die ersten Teile sind unterwegs.',
    other: 'Mit {count} Personen verbunden. Die ersten Teile sind unterwegs.',
  },
  'connected.next': {
    one: 'Mit {count} Person verbunden. Die nächsten Teile sind unterwegs.',
    other: 'Mit {count} Personen verbunden. Die nächsten Teile sind unterwegs.',
  },
  'connected.findingName': {
    one: 'Mit {count} Person verbunden. Name und Größe der Datei werden erfragt …',
    other: 'Mit {count} Personen verbunden. Name und Größe der Datei werden erfragt …',
  },
  'connected.toWebServer': 'Mit einem Webserver verbunden, der die Datei hat. Die nächsten Teile kommen von selbst.',
  'downloading.word': 'Wird geladen',
  'downloading.sentence': 'Sie können die Datei speichern, wenn alles da ist. Lassen Sie diesen Tab offen.',
  'nothingChosen.word': 'Nichts ausgewählt',
  'nothingChosen.sentence': 'Wählen Sie unten die Dateien aus, die Sie möchten.',
  'noRoom.word': 'Zu wenig Platz',
  'noRoom.sentence':
    'Es werden {needed} gebraucht, aber dieser Browser hat nur Platz für {free}, darum beginnt es nicht. Schaffen Sie Platz oder löschen Sie unten etwas, dann beginnt es von selbst.',
  'noRoom.begin': 'Trotzdem beginnen',
  'unusable.word': 'Kann nicht empfangen werden',
  'unusable.sentence': '{reason} Bitten Sie die Person, die Ihnen den Link geschickt hat, die Datei hier zu teilen.',
  'storageFull.word': 'Kein Speicherplatz mehr',
  'storageFull.sentence': '{reason} Was gelöscht werden könnte, steht unten.',
  'storing.word': 'Wird abgelegt',
  'storing.sentence': 'Alles ist angekommen. Die letzten Teile werden auf die Festplatte geschrieben …',
  'complete.word': 'Vollständig',
  'complete.sentence': 'Alles ist da. Solange dieser Tab offen bleibt, hilft er anderen, die Datei auch zu bekommen.',
  'sharing.word': 'Wird geteilt',
  'sharing.nobody': 'Senden Sie den Link. Wer ihn öffnet, bekommt die Datei von diesem Tab.',
  'sharing.nobodyWhole': 'Wer den Link geöffnet hat, bekommt die Datei von Ihnen und von den anderen.',
  'sharing.allWhole': 'Alle, die verbunden sind, haben die ganze Datei und geben sie weiter.',
  'sharing.someWhole': 'Einige haben alles und geben es weiter. Es geht schneller, solange Sie bleiben.',
  'safe.onlyHere': 'Noch nicht schließen: Nur dieser Tab hat die Datei.',
  'safe.partElsewhere': 'Noch nicht schließen: Die anderen haben zusammen {percent} davon, der Rest ist nur hier.',
  'safe.yes': {
    one: 'Kann geschlossen werden: Anderswo gibt es {count} ganze Kopie; die Datei lebt ohne diesen Tab weiter.',
    other: 'Kann geschlossen werden: Anderswo gibt es {count} ganze Kopien; die Datei lebt ohne diesen Tab weiter.',
  },
  'copy.kept': 'Eine Kopie liegt in diesem Browser; auch nach dem Neuladen wird also weiter geteilt.',
  'copy.copying':
    'In diesem Browser wird eine Kopie abgelegt, damit auch nach dem Neuladen weiter geteilt wird: {percent}.',
  'copy.failed': 'In diesem Browser konnte keine Kopie abgelegt werden; laden Sie diesen Tab also nicht neu. {reason}',

  'trouble.no-room':
    'Auf diesem Gerät ist kein Platz mehr für den Rest der Datei. Schaffen Sie Platz, dann geht es von selbst weiter.',
  'trouble.storage-forbidden':
    'Dieser Browser lässt die Seite nichts speichern. Private Fenster und strenge Einstellungen können der Grund sein.',
  'trouble.cannot-store':
    'Der Browser konnte einen Teil der Datei nicht auf diesem Gerät speichern. Er meldet: „{detail}“',
  'trouble.no-room-for-copy': 'Auf diesem Gerät ist nicht genug Platz für eine Kopie der Datei.',
  'trouble.part-missing':
    'Auf diesem Gerät fehlt ein Teil der Datei. Laden Sie die Seite neu, um ihn noch einmal zu holen.',
  'trouble.file-too-large': '„{detail}“ ist größer als 200 GB; mehr kann nicht geteilt werden.',
  'trouble.too-many-files':
    'Es sind mehr als 20.000 Dateien; mehr können nicht auf einmal geteilt werden. Packen Sie sie zuerst in ein Archiv.',
  'trouble.folder-too-deep':
    '„{detail}“ hat zu viele Dateien oder Ordner in Ordnern. Packen Sie alles zuerst in ein Archiv.',
  'trouble.folder-unreadable': 'Der Ordner „{detail}“ kann nicht gelesen werden.',
  'trouble.file-unreadable':
    '„{detail}“ kann nicht gelesen werden oder wurde inzwischen geändert. Wählen Sie die Datei noch einmal aus, um sie so zu teilen, wie sie jetzt ist.',
  'trouble.shared-file-unreadable':
    'Die Datei kann nicht mehr gelesen werden. Wählen Sie sie noch einmal aus, um sie weiter zu teilen.',
  'trouble.nothing-to-save': 'Es gibt noch nichts zu speichern.',
  'trouble.no-room-at-place':
    'Am gewählten Ort ist kein Platz für die Datei. Schaffen Sie Platz oder wählen Sie einen anderen Ort.',
  'trouble.no-room-to-compose':
    'In diesem Fenster ist kein Platz, um die Datei zusammenzusetzen. Öffnen Sie den Link in einem normalen statt einem privaten Fenster; sonst schließen Sie andere Tabs und speichern Sie noch einmal.',
  'trouble.not-saved': 'Der Browser meldet: „{detail}“',
  'trouble.metainfo-broken': 'Die Beschreibung dessen, was geteilt wird, ist beschädigt; es kann nicht geholt werden.',
  'trouble.torrent-file-too-large': 'Diese Torrent-Datei ist zu groß.',
  'trouble.torrent-file-is-none': 'Das ist keine Torrent-Datei.',
  'trouble.web-seed-closed': 'Er ist nicht erreichbar oder lässt andere Seiten seine Dateien nicht lesen (CORS).',
  'trouble.web-seed-without-ranges': 'Er sendet nur ganze Dateien, nicht die Teile, die gebraucht werden.',
  'trouble.web-seed-refuses': 'Er antwortet {detail} statt mit einem Teil der Datei.',
  'trouble.web-seed-broke-off': 'Er brach ab oder braucht zu lange.',
  'trouble.web-seed-other-size': 'Seine Datei hat eine andere Größe.',
  'trouble.web-seed-lies': 'Er sandte etwas anderes als diese Datei und wird nicht mehr gefragt.',
  'trouble.link-too-long': 'Dieser Text ist zu lang für einen Link.',
  'trouble.link-of-version-2':
    'Dieser Link gehört zu einem Torrent der Version 2. Bisher kann nur Version 1 geladen werden.',
  'trouble.link-names-no-torrent': 'Dieser Magnet-Link nennt keinen Torrent. Bitten Sie noch einmal um den Link.',
  'trouble.link-is-none': 'Das ist kein Link zum Teilen. Bitten Sie noch einmal um den Link.',
  'trouble.link-too-short': 'Das Ende dieses Links fehlt: Er hat {detail} von 40 Zeichen. Kopieren Sie ihn ganz.',
  'trouble.link-has-more-digits': 'Dieser Link hat {detail} Zeichen statt 40. Bitten Sie noch einmal um den Link.',
};
