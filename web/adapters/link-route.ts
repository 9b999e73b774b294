/** Whether what a connection carries goes through a relay (TURN), by the browser's own statistics, now and after changes. */

/** Tells once it is known to be relayed, and each time that changes. Returns how to end it; nothing is told afterwards. */
export function watchRoute(connection: RTCPeerConnection, onChange: (isRelayed: boolean) => void): () => void {
  let told = false;
  let isEnded = false;
  const look = async (): Promise<void> => {
    const isRelayed = isRelayedBy([...(await connection.getStats()).values()] as Stats[]);
    if (isEnded || isRelayed === told) return;
    told = isRelayed;
    onChange(isRelayed);
  };
  // A connection that has ended meanwhile has no statistics, and no route.
  const lookAgain = (): void => void look().catch(() => undefined);
  const ice = connection.sctp?.transport.iceTransport;
  ice?.addEventListener('selectedcandidatepairchange', lookAgain);
  lookAgain();
  return () => {
    isEnded = true;
    ice?.removeEventListener('selectedcandidatepairchange', lookAgain);
  };
}

/** What we read of the W3C's WebRTC statistics. */
export interface Stats {
  readonly id: string;
  readonly type: string;
  /** Of a `transport`. Firefox has none, and marks the pair instead. */
  readonly selectedCandidatePairId?: string;
  readonly selected?: boolean;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
}

/** Whether one end of the pair in use is an address of a relay. False while there is none. */
export function isRelayedBy(report: readonly Stats[]): boolean {
  const byId = new Map(report.map((stats) => [stats.id, stats]));
  const selectedId = report.find(({ selectedCandidatePairId }) => selectedCandidatePairId)?.selectedCandidatePairId;
  const pair = byId.get(selectedId ?? '') ?? report.find(({ selected }) => selected === true);
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => byId.get(id ?? ''));
  return ends.some((candidate) => candidate?.candidateType === 'relay');
}
