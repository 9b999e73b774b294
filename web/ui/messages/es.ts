/** Every text of the page, in Spanish. */
import type { Messages } from './en.ts';

export const messages: Messages = {
  'app.promise':
    'Los archivos van cifrados de navegador a navegador. El servidor solo pone en contacto a las personas; nunca ve un archivo.',
  'app.dropHere': 'Suelte para compartir',
  'app.shareFiles': 'Compartir archivos',
  'app.language': 'Idioma',
  'app.check': 'Comprobar la conexión',

  'home.lead': 'Envíe archivos con un enlace. Todos los que lo abran los descargarán de usted y unos de otros.',
  'home.chooseFiles': 'Elegir archivos',
  'home.chooseFolder': 'Elegir una carpeta',
  'home.orDrop': 'o suéltelos o péguelos en cualquier lugar de esta página',
  'home.openHere': 'Abierto en esta pestaña',
  'home.show': 'Ver',
  'home.stateAndPercent': '{state}, {percent}',

  'drop.nothing':
    'El navegador no entregó ningún archivo: la carpeta está vacía o no los deja ver. Elíjalos con un botón.',

  'review.region': 'Lo que se va a compartir',
  'review.word': 'Revíselo',
  'review.title': {
    one: '{count} archivo, {size}',
    many: '{count} de archivos, {size}',
    other: '{count} archivos, {size}',
  },
  'review.folderName': 'Nombre de la carpeta',
  'review.remove': 'Quitar',
  'review.removeFile': 'Quitar {name}',
  'review.share': 'Compartir',
  'review.addFiles': 'Añadir archivos',
  'review.addFolder': 'Añadir una carpeta',
  'review.cancel': 'Cancelar',
  'tree.more': { one: 'y {count} más', many: 'y {count} más', other: 'y {count} más' },
  'files.title': { one: '{count} archivo', many: '{count} de archivos', other: '{count} archivos' },
  'files.fetch': 'Obtener {name}',
  'files.here': '✓ aquí',
  'files.first': 'Primero',
  'files.fetchFirst': 'Obtener primero {name}',
  'files.turn': 'Turno {turn}',
  'files.save': 'Guardar',
  'files.saveFile': 'Guardar {name}',
  'look.play': 'Reproducir',
  'look.playFile': 'Reproducir {name}',
  'look.show': 'Mostrar',
  'look.showFile': 'Mostrar {name}',
  'look.close': 'Cerrar',
  'look.coming': 'Se muestra en cuanto esté todo aquí: {progress} por ahora.',
  'look.plainHttp':
    'En una dirección http simple, los navegadores no dejan reproducir lo que aún está llegando. Podrá reproducirse aquí en cuanto esté todo: {progress} por ahora.',
  'look.cut': 'Solo se muestra el comienzo.',
  'look.tooLarge': 'Es demasiado grande para mostrarlo aquí. Guárdelo para abrirlo.',
  'look.failed': 'No se puede mostrar aquí. Guárdelo para abrirlo.',

  'file.nameUnknown': 'Un archivo cuyo nombre aún no se conoce',
  'file.titleUnknown': 'Un archivo aún desconocido',
  'file.nameComing': 'Su nombre y su tamaño los dirá la primera persona que esté aquí.',
  'file.partOfSize': '{part} de {size}',
  'file.noRoom':
    'Se necesitan {needed}, pero este navegador solo tiene espacio para {free}. Libere espacio o abra el enlace en otro navegador.',

  'stored.title': 'Guardado en este dispositivo',
  'stored.titleNothing': 'Guardado en este dispositivo: nada',
  'stored.titleFiles': {
    one: 'Guardado en este dispositivo: {count} archivo, {size}',
    many: 'Guardado en este dispositivo: {count} de archivos, {size}',
    other: 'Guardado en este dispositivo: {count} archivos, {size}',
  },
  'stored.copies': {
    one: '{count} copia',
    many: '{count} de copias, una por pestaña, {size} en total',
    other: '{count} copias, una por pestaña, {size} en total',
  },
  'stored.openHere': 'abierto en esta pestaña',
  'stored.openElsewhere': {
    one: 'abierto en otra pestaña',
    many: 'abierto en otras {count} de pestañas',
    other: 'abierto en otras {count} pestañas',
  },
  'stored.openHereAndElsewhere': {
    one: 'abierto en esta pestaña y en otra',
    many: 'abierto en esta pestaña y en otras {count} de pestañas',
    other: 'abierto en esta pestaña y en otras {count}',
  },
  'stored.closeToDelete': {
    one: 'abierto en otra pestaña: ciérrela para eliminarlo',
    many: 'abierto en otras {count} de pestañas: ciérrelas para eliminarlo',
    other: 'abierto en otras {count} pestañas: ciérrelas para eliminarlo',
  },
  'stored.open': 'Abrir',
  'stored.delete': 'Eliminar',
  'stored.deleteForGood': 'Eliminar definitivamente',
  'stored.keep': 'Conservar',
  'stored.deleteQuestion': {
    one: '¿Eliminarlo de este dispositivo?',
    many: '¿Eliminar {count} de copias de este dispositivo?',
    other: '¿Eliminar {count} copias de este dispositivo?',
  },
  'stored.thisTabLeaves': 'Esta pestaña también dejará de compartirlo.',
  'stored.elsewhereStays': {
    one: 'Lo que está abierto en otra pestaña se queda.',
    many: 'Lo que está abierto en otras {count} de pestañas se queda.',
    other: 'Lo que está abierto en otras {count} pestañas se queda.',
  },

  'preparing.region': 'Se está preparando',
  'preparing.word': 'Preparando',
  'preparing.sentence': 'Se lee una vez para crear su enlace. No sale de este dispositivo.',
  'preparing.bar': 'Preparación',
  'preparing.cancel': 'Cancelar',

  'facts.speed': 'Velocidad',
  'facts.timeLeft': 'Tiempo restante',
  'facts.connected': 'Conectados',
  'facts.passedOn': 'Reenviado',
  'facts.uploaded': 'Enviado',
  'facts.uploadSpeed': 'Velocidad de envío',
  'facts.haveAll': 'Lo tienen entero',
  'facts.wholeOf': '{whole} de {all}',
  'facts.people': { one: '{count} persona', many: '{count} de personas', other: '{count} personas' },

  'swarm.region': 'Estado',
  'swarm.bar': 'Recibido',
  'swarm.percentReceived': '{percent} recibido',
  'swarm.stopSharing': 'Dejar de compartir',
  'swarm.startAgain': 'Empezar de nuevo',
  'swarm.pause': 'Pausar',
  'swarm.resume': 'Continuar',
  'swarm.cancel': 'Cancelar',
  'swarm.cancelQuestion': '¿Detener y eliminar lo recibido?',
  'swarm.cancelYes': 'Detener y eliminar',
  'swarm.cancelNo': 'Seguir',
  'swarm.reload': 'Recargar',
  'swarm.seeStored': 'Ver lo guardado',

  'title.someFile': 'Un archivo',
  'title.complete': '✓ {name}',
  'title.sharing': 'Compartiendo {name}',
  'title.stopped': 'Detenido: {name}',
  'title.progress': '{percent} {name}',
  'title.wrongLink': 'Enlace incorrecto',
  'notice.complete': '{name} está completo',
  'notice.ask': 'Avisarme cuando termine',
  'notice.granted': 'Se le avisará cuando termine.',
  'notice.denied': 'El navegador no permite avisos de esta página. El título de la pestaña muestra el progreso.',

  'share.link': 'Enlace para compartir',
  'more.title': 'Más',
  'more.hint': 'Para otros programas BitTorrent que hablan WebRTC, como WebTorrent.',
  'more.copyMagnet': 'Copiar enlace magnet',
  'more.saveTorrent': 'Guardar archivo torrent',
  'share.copy': 'Copiar enlace',
  'share.send': 'Enviar enlace…',
  'share.copied': '✓ Copiado',
  'share.copyRefused':
    'El navegador no dejó copiar a la página. El enlace está seleccionado: pulse Ctrl+C (⌘C en un Mac).',
  'share.qr': 'Código QR del enlace',
  'share.onlyHere':
    'Este enlace solo funciona en este ordenador. Para llegar a otras personas, abra esta página con la dirección de red que mostró el servidor al arrancar y comparta desde allí.',

  'save.save': 'Guardar {name}',
  'save.folder': 'Guardar la carpeta {name}',
  'save.zip': 'Guardar como {name}',
  'save.cancel': 'Cancelar el guardado',
  'save.saving': 'Guardando… {percent}',
  'save.saved': 'Guardado.',
  'save.downloaded': 'Guardado; búsquelo entre las descargas de su navegador.',
  'save.handedToBrowser': 'Su navegador lo está guardando; búsquelo entre sus descargas.',
  'save.cancelled': 'No se ha guardado.',
  'save.failed': 'No se pudo guardar. {reason}',

  'people.title': 'Quién está conectado',
  'people.nobody': 'Nadie por el momento.',
  'people.program': 'Programa',
  'people.programUnknown': 'Desconocido',
  'people.direct': 'directo',
  'people.relayed': 'por relé',
  'people.has': 'Tiene',
  'people.givesYou': 'Le da',
  'people.getsFromYou': 'Recibe de usted',
  'people.atLeast': '{percent}+',
  'people.mayHaveMore': '+ puede tener más de lo que muestra hasta ahora',
  'people.more': { one: 'y {count} más', many: 'y {count} más', other: 'y {count} más' },
  'numbers.title': 'Velocidad y partes',
  'numbers.graph':
    'Velocidad del último minuto y medio: ahora {download} de bajada y {upload} de subida; el borde superior es {most}.',
  'numbers.download': 'bajada {rate}',
  'numbers.upload': 'subida {rate}',
  'numbers.top': 'borde superior {rate}',
  'pieces.here': {
    one: '{here} de {count} parte está aquí',
    many: '{here} de {count} de partes están aquí',
    other: '{here} de {count} partes están aquí',
  },
  'pieces.coming': { one: '{count} en camino', many: '{count} en camino', other: '{count} en camino' },
  'pieces.rarest': {
    one: 'la más rara de las demás existe una vez',
    many: 'la más rara de las demás existe {count} de veces',
    other: 'la más rara de las demás existe {count} veces',
  },
  'pieces.nowhere': {
    one: '{count} no la tiene nadie conectado',
    many: '{count} no las tiene nadie conectado',
    other: '{count} no las tiene nadie conectado',
  },

  'limits.title': 'Límites',
  'limits.titleUpload': 'Límites: subida {upload}',
  'limits.titleDownload': 'Límites: bajada {download}',
  'limits.titleBoth': 'Límites: subida {upload}, bajada {download}',
  'limits.upload': 'Subida',
  'limits.download': 'Bajada',
  'limits.uploadUnit': 'Unidad del límite de subida',
  'limits.downloadUnit': 'Unidad del límite de bajada',
  'limits.none': 'sin límite',
  'limits.sparesMobileData': 'No enviar nada con datos móviles',
  'limits.onMobileData': 'Este dispositivo usa datos móviles, así que ahora no se envía nada.',
  'limits.notARate': 'Un número como 500 o 1,5, o nada para no poner límite.',
  'limits.hint':
    'Para cada archivo, también en las próximas visitas desde este dispositivo. A quien envía menos se le suele servir menos.',

  'wrongLink.title': 'Este enlace no lleva a ninguna parte',
  'wrongLink.hint': 'En cuanto el enlace correcto esté en la barra de direcciones, la página seguirá sola.',

  'check.title': 'Comprobar la conexión',
  'check.lead': 'Antes de una clase o reunión: aquí se prueba lo que hace falta para compartir.',
  'check.running': 'Probando…',
  'check.verdict.running': 'En curso',
  'check.verdict.good': 'Bien',
  'check.verdict.note': 'Nota',
  'check.verdict.bad': 'Problema',
  'check.webrtc.name': 'Navegador',
  'check.webrtc.good': 'Este navegador puede conectarse con otros.',
  'check.webrtc.bad':
    'WebRTC falta o está desactivado. Use un Chrome, Edge, Firefox o Safari actual, o pida a quien administra este dispositivo que lo permita.',
  'check.channel.name': 'Canal de datos',
  'check.channel.good': {
    one: 'La página se conectó consigo misma en {count} milisegundo.',
    many: 'La página se conectó consigo misma en {count} de milisegundos.',
    other: 'La página se conectó consigo misma en {count} milisegundos.',
  },
  'check.channel.bad':
    'La página no pudo conectarse ni consigo misma. Una extensión, un ajuste de privacidad o un cortafuegos de este dispositivo bloquea WebRTC: pruebe sin extensiones o con otro navegador.',
  'check.server.name': 'Servidor',
  'check.server.good': {
    one: 'El servidor que pone en contacto a las personas respondió en {count} milisegundo.',
    many: 'El servidor que pone en contacto a las personas respondió en {count} de milisegundos.',
    other: 'El servidor que pone en contacto a las personas respondió en {count} milisegundos.',
  },
  'check.server.bad':
    'No se puede acceder al servidor por WebSocket. Quizá lo bloquee un proxy o un filtro: pida a quien administra la red que permita conexiones WebSocket a esta dirección.',
  'check.stun.name': 'Alcance más allá de esta red',
  'check.stun.answered':
    'Un servidor de ayuda indicó a este dispositivo su dirección pública: desde otras redes se suele poder conectar con él.',
  'check.stun.silent':
    'El servidor de ayuda no respondió: quienes estén en esta red pueden conectarse, los demás probablemente no. Quizá un cortafuegos bloquee UDP.',
  'check.stun.none':
    'No hay ningún servidor de ayuda configurado, así que las conexiones solo funcionan dentro de una red. Todos los dispositivos deben usar la misma Wi-Fi.',
  'check.storage.name': 'Almacenamiento',
  'check.storage.good': 'Este navegador tiene espacio para {size}.',
  'check.storage.unknown': 'Este navegador guarda archivos; no dice cuánto espacio hay.',
  'check.storage.bad':
    'Este navegador no guarda nada: puede compartir, pero no recibir. Permita los datos del sitio o salga de la navegación privada.',
  'check.secure.name': 'Dirección',
  'check.secure.good': 'La dirección es segura, así que está disponible todo lo que puede hacer esta página.',
  'check.secure.note':
    'La dirección empieza por http, y los navegadores quitan algunas comodidades: elegir dónde guardar, avisos, instalar como aplicación. Compartir y recibir funciona.',
  'check.meeting': 'Otro dispositivo',
  'check.meetingWaits': 'Esperando a otro dispositivo',
  'check.meetingHow':
    'Abra este enlace en otro dispositivo, en la red que se vaya a usar. Si en medio minuto no pasa nada, esa red aísla los dispositivos: pruebe otra Wi-Fi o el punto de acceso de un teléfono.',
  'check.metDirectly': 'Conectado directamente',
  'check.metByRelay': 'Conectado por un relé',
  'check.metAndSent': 'Los dispositivos intercambiaron {size} y lo comprobaron. Compartir entre ellos funcionará.',

  'opening.word': 'Abriendo',
  'opening.sentence': 'Buscando lo que este navegador tiene guardado de este archivo…',
  'noWebrtc.word': 'Aquí no es posible',
  'noWebrtc.sentence':
    'Este navegador no puede conectarse con los de otras personas: WebRTC falta o está desactivado. Abra esta página en un Chrome, Edge, Firefox o Safari actual.',
  'noStorage.word': 'No se puede guardar',
  'noStorage.sentence':
    '{reason} Sin eso no se puede recibir un archivo. Permita los datos del sitio para esta página o salga de la navegación privada; entonces empezará solo.',
  'crashed.word': 'Algo se ha roto',
  'crashed.sentence': 'Es un error de Tabswarm, no suyo. Recargue la página; lo que se guardó sigue ahí. ({reason})',
  'stopped.word': 'Detenido',
  'stopped.paused': 'En pausa',
  'stopped.sharer': 'Esta pestaña ya no comparte el archivo. Quienes lo tienen entero pueden continuar.',
  'stopped.whole': 'Esta pestaña ya no ayuda a los demás. El archivo sigue en este navegador y puede guardarlo.',
  'stopped.part': 'Lo que ha llegado se conserva en este navegador. Continúe para recibir el resto.',
  'connecting.word': 'Conectando',
  'connecting.toServer': 'Conectando con el servidor para saber quién tiene este archivo…',
  'connecting.toPeople': 'Conectando con las personas que tienen este archivo…',
  'connecting.forLong':
    'Hay personas con este enlace, pero no se logra conectar con ellas. Puede que acaben de irse o que una red intermedia bloquee las conexiones directas, como en algunas oficinas y escuelas: pruebe con la misma Wi-Fi que ellas o con el punto de acceso de un teléfono. Se seguirá intentando solo.',
  'serverGone.word': 'Servidor inaccesible',
  'serverGone.sentence':
    'El servidor que pone en contacto a las personas no responde. Si esto dura, compruebe su conexión de red.',
  'serverGone.retryNow': 'Se está intentando de nuevo.',
  'serverGone.retryIn': 'Se intentará de nuevo en {seconds}.',
  'serverGone.beside':
    'No se puede acceder al servidor, así que nadie nuevo puede unirse. Las transferencias continúan.',
  'serverRefuses.word': 'El servidor se niega',
  'serverRefuses.sentence':
    'El servidor no dejó entrar a esta pestaña. Dice: «{reason}» Se volverá a preguntar automáticamente.',
  'serverRefuses.beside': 'El servidor no deja entrar a nadie nuevo. Dice: «{reason}» Las transferencias continúan.',
  'waiting.word': 'Esperando',
  'waiting.nobody':
    'Ahora mismo no hay nadie que tenga este archivo. Pida a quien le envió el enlace que abra su pestaña; entonces empezará solo.',
  'waiting.nobodyForLong':
    'Sigue sin haber nadie con este archivo. Quien le envió el enlace tiene que abrirlo o volver a compartir el archivo. Si copió el enlace a mano, compárelo con el original: un carácter equivocado lleva a un lugar vacío como este. Empezará solo en cuanto llegue alguien.',
  'waiting.partWasKept':
    'En este navegador solo se conservó una parte del archivo. Elija otra vez el mismo archivo para seguir compartiéndolo entero, o espere a alguien que lo tenga.',
  'waiting.restOfOwn':
    'El resto del archivo aún no está aquí. Elija otra vez el mismo archivo para seguir compartiéndolo entero, o espere a alguien que lo tenga.',
  'waiting.forTurn':
    'Conectado. Quienes tienen más del archivo están sirviendo a otros; los turnos cambian cada pocos segundos.',
  'waiting.forPieces': {
    one: 'Conectado con {count} persona. Las próximas partes llegan solas.',
    many: 'Conectado con {count} de personas. Las próximas partes llegan solas.',
    other: 'Conectado con {count} personas. Las próximas partes llegan solas.',
  },
  'waiting.stuck':
    'Nadie de los conectados tiene el resto del archivo. Pida a quien le envió el enlace que abra su pestaña; entonces seguirá solo.',
  'connected.word': 'Conectado',
  'connected.first': {
    one: 'Conectado con {count} persona. Las primeras partes están en camino.',
    many: 'Conectado con {count} de personas. Las primeras partes están en camino.',
    other: 'Conectado con {count} personas. Las primeras partes están en camino.',
  },
  'connected.next': {
    one: 'Conectado con {count} persona. Las próximas partes están en camino.',
    many: 'Conectado con {count} de personas. Las próximas partes están en camino.',
    other: 'Conectado con {count} personas. Las próximas partes están en camino.',
  },
  'connected.findingName': {
    one: 'Conectado con {count} persona. Preguntando el nombre y el tamaño del archivo…',
    many: 'Conectado con {count} de personas. Preguntando el nombre y el tamaño del archivo…',
    other: 'Conectado con {count} personas. Preguntando el nombre y el tamaño del archivo…',
  },
  'downloading.word': 'Descargando',
  'downloading.sentence': 'Podrá guardar el archivo cuando esté todo aquí. Mantenga abierta esta pestaña.',
  'nothingChosen.word': 'Nada elegido',
  'nothingChosen.sentence': 'Marque abajo los archivos que quiere.',
  'unusable.word': 'No se puede recibir',
  'unusable.sentence': '{reason} Pida a quien le envió el enlace que comparta el archivo aquí.',
  'storageFull.word': 'No se puede guardar más',
  'storageFull.sentence':
    '{reason} En la primera página se pueden eliminar otros archivos guardados en este dispositivo.',
  'storing.word': 'Guardando',
  'storing.sentence': 'Ha llegado todo. Las últimas partes se están escribiendo en el disco…',
  'complete.word': 'Completo',
  'complete.sentence':
    'Está todo aquí. Mientras esta pestaña siga abierta, ayuda a los demás a recibir también el archivo.',
  'sharing.word': 'Compartiendo',
  'sharing.nobody': 'Envíe el enlace. Quien lo abra recibirá el archivo de esta pestaña.',
  'sharing.nobodyWhole': 'Lo reciben de usted y unos de otros.',
  'sharing.allWhole': 'Todos los conectados tienen el archivo entero y lo reenvían.',
  'sharing.someWhole': 'Algunos lo tienen entero y lo reenvían. Va más rápido mientras siga aquí.',
  'safe.onlyHere': 'Todavía no la cierre: solo esta pestaña tiene el archivo.',
  'safe.partElsewhere': 'Todavía no la cierre: los demás tienen entre todos {percent}; el resto solo está aquí.',
  'safe.yes': {
    one: 'Puede cerrarla: hay {count} copia entera en otro lugar, así que el archivo sigue vivo sin esta pestaña.',
    many: 'Puede cerrarla: hay {count} de copias enteras en otros lugares, así que el archivo sigue vivo sin esta pestaña.',
    other:
      'Puede cerrarla: hay {count} copias enteras en otros lugares, así que el archivo sigue vivo sin esta pestaña.',
  },
  'copy.kept': 'Hay una copia en este navegador, así que tras recargar se sigue compartiendo.',
  'copy.copying': 'Se guarda una copia en este navegador para seguir compartiendo tras recargar: {percent}.',
  'copy.failed': 'No se pudo guardar una copia en este navegador, así que no recargue esta pestaña. {reason}',

  'trouble.no-room': 'En este dispositivo no queda espacio para más partes del archivo. Libere espacio y seguirá solo.',
  'trouble.storage-forbidden':
    'Este navegador no deja que la página guarde nada. La causa puede ser una ventana privada o una configuración estricta.',
  'trouble.cannot-store': 'El navegador no pudo guardar una parte del archivo en este dispositivo. Dice: «{detail}»',
  'trouble.no-room-for-copy': 'En este dispositivo no hay espacio suficiente para una copia del archivo.',
  'trouble.part-missing':
    'En este dispositivo falta una parte del archivo. Recargue la página para recibirla de nuevo.',
  'trouble.file-too-large': '«{detail}» supera los 200 GB, lo máximo que se puede compartir.',
  'trouble.too-many-files':
    'Hay más de 20 000 archivos, el máximo que se puede compartir a la vez. Júntelos antes en un archivo comprimido.',
  'trouble.folder-too-deep':
    '«{detail}» tiene demasiados archivos o carpetas dentro de carpetas. Júntelo antes en un archivo comprimido.',
  'trouble.folder-unreadable': 'No se puede leer la carpeta «{detail}».',
  'trouble.file-unreadable':
    '«{detail}» no se puede leer o ha cambiado entretanto. Elíjalo otra vez para compartirlo como está ahora.',
  'trouble.shared-file-unreadable': 'El archivo ya no se puede leer. Elíjalo otra vez para seguir compartiéndolo.',
  'trouble.nothing-to-save': 'Todavía no hay nada que guardar.',
  'trouble.no-room-at-place':
    'No hay espacio para el archivo donde quería guardarlo. Libere espacio o elija otro lugar.',
  'trouble.no-room-to-compose':
    'En esta ventana no hay espacio para juntar el archivo. Si es una ventana privada, abra el enlace en una normal; si no, cierre otras pestañas y guarde de nuevo.',
  'trouble.not-saved': 'El navegador dice: «{detail}»',
  'trouble.link-too-long': 'Este texto es demasiado largo para ser un enlace.',
  'trouble.link-of-version-2':
    'Este enlace es de un torrent de la versión 2. De momento solo se puede recibir la versión 1.',
  'trouble.link-names-no-torrent': 'Este enlace magnet no nombra ningún torrent. Pida el enlace otra vez.',
  'trouble.link-is-none': 'Esto no es un enlace para compartir. Pida el enlace otra vez.',
  'trouble.link-too-short': 'Falta el final de este enlace: tiene {detail} de 40 caracteres. Cópielo entero.',
  'trouble.link-has-more-digits': 'Este enlace tiene {detail} caracteres en lugar de 40. Pida el enlace otra vez.',
};
