/** Every bound of the protocol, with its unit and the reason for its size. What others can make grow is bounded here. */
import { minutes, seconds } from '../base/time.ts';

/** Piece length of what we share, in bytes. Other torrents may use other lengths. */
export const PIECE_BYTES = 256 * 1024;

/** Largest block we ask for or serve, in bytes. BEP 3: clients close connections that request more. */
export const BLOCK_BYTES = 16 * 1024;

/** Largest piece length we accept in a metainfo, in bytes. Larger pieces would have to be held in memory whole. */
export const PIECE_BYTES_MAX = 64 * 1024 * 1024;

/** Most pieces in one torrent: 1 TiB in our piece length, and a bitfield of half a megabyte. */
export const PIECES_MAX = 4 * 1024 * 1024;

/** Largest info dictionary we fetch or serve (BEP 9), in bytes: 40 GiB in our piece length need 3.2 MB. */
export const METADATA_BYTES_MAX = 16 * 1024 * 1024;

/** One piece of the info dictionary on the wire (BEP 9), in bytes. */
export const METADATA_PIECE_BYTES = 16 * 1024;

/** Longest file name we accept, in UTF-8 bytes: what common file systems hold. */
export const FILE_NAME_BYTES_MAX = 255;

/** Most files in one torrent: a tree that a page can show, and whose names fit into the info dictionary. */
export const FILES_MAX = 20_000;

/** Most parts of a file's path inside its torrent, the name included. */
export const PATH_PARTS_MAX = 32;

/** Largest extended message (BEP 10), in bytes: a metadata piece with its header, or a generous handshake. */
export const EXTENDED_BYTES_MAX = 64 * 1024;

/** Requests we accept unanswered from one neighbour (`reqq`, BEP 10); more are rejected. 16 MiB in flight. */
export const REQUEST_QUEUE_MAX = 1000;

/** What a neighbour that names no `reqq` is taken to accept: libtorrent's assumption. */
export const REQUEST_QUEUE_ASSUMED = 250;

/** Silence after which a neighbour is gone. BEP 3 keep-alives come every two minutes at the latest. */
export const NEIGHBOUR_SILENCE_MAX_MS = minutes(2.5);

/** How long we stay silent before we send a keep-alive. */
export const KEEP_ALIVE_MS = seconds(55);

/** Largest frame the signal server accepts, in bytes: an announce with ten offers, each with many candidates. */
export const SIGNAL_FRAME_BYTES_MAX = 256 * 1024;

/** Largest session description relayed, in characters: a data channel with dozens of candidates needs 4,000. */
export const SDP_CHARS_MAX = 16 * 1024;

/** Most blind offers in one announce: stock clients make 5 or 10. */
export const OFFERS_PER_ANNOUNCE_MAX = 50;

/** Neighbours a peer gets and wants by default (Kurose & Ross 2.5: "approximately 50"). */
export const NEIGHBOURS_WANTED = 50;

/** Most neighbours one announce may ask for. */
export const NEIGHBOURS_PER_ANNOUNCE_MAX = 100;

/** Most swarms one signal socket may be in. */
export const SWARMS_PER_SOCKET_MAX = 100;

/** Most info hashes in one scrape request. */
export const SCRAPE_HASHES_MAX = 100;

/** Interval of keep-alive announces, given to clients, in milliseconds. */
export const ANNOUNCE_INTERVAL_MS = minutes(2);

/** How long an offer may wait for its answer. Stock clients give theirs up after 50 s. */
export const OFFER_LIFETIME_MS = seconds(50);

/** Longest `tracker id` kept or accepted, in characters; ours have 32. */
export const TRACKER_ID_CHARS_MAX = 128;

/** What is kept of a server's `failure reason`, in characters: a sentence or two. */
export const REASON_CHARS_MAX = 300;

/** The announce interval we accept from a server, in seconds; what lies outside is moved to the nearer end. */
export const ANNOUNCE_INTERVAL_SECONDS_MIN = 1;
export const ANNOUNCE_INTERVAL_SECONDS_MAX = 3600;

/** Deepest nesting of bencoded lists and dictionaries we read: the info dictionary of BEP 52 needs one level per folder. */
export const BENCODE_DEPTH_MAX = 64;

/** Most values in one bencoded text, so that 16 MiB of empty strings do not become a gigabyte of objects. */
export const BENCODE_VALUES_MAX = 200_000;

/** What is kept of a neighbour's client name (BEP 10 `v`), in characters. */
export const CLIENT_CHARS_MAX = 64;

/** Longest text that is looked at for a share link, in characters: a magnet link with a few dozen trackers. */
export const LINK_CHARS_MAX = 8192;

/** Most trackers, and most web seeds, that are taken from one link: each is asked. */
export const LINK_SOURCES_MAX = 8;

/** Longest bitfield we read before we know the number of pieces, in bytes. */
export const BITFIELD_BYTES_MAX = Math.ceil(PIECES_MAX / 8);

/** Of the SHA-1 of a block, and of the digests of a piece's blocks, so many bytes say whether a block may be passed on (`ts_partial`). */
export const BLOCK_DIGEST_BYTES = 8;

/** Pieces of so many blocks at most are passed on before they are whole (`ts_partial`). */
export const PARTIAL_BLOCKS_MAX = 32;

/** Started pieces that one `partials` message tells of, at most. */
export const PARTIALS_MAX = 64;
