/** A device gives up after 180 s (DLSRC): so long without a request, and nobody comes any more. */
const patienceMs = 180_000;
/** The host that started the process has so long to connect. */
const firstMs = 10_000;

/**
 * How long the process that serves has to be there. As long as a browser is connected; afterwards until every device
 * that was expected or has begun has given its verdict, or 180 s without a request. Times are in milliseconds of
 * any one clock.
 */
export class Lifetime {
  private browsers = 0;
  private readonly awaited = new Set<string>();
  /** Something is served, and nobody has reported since: a device may have been told without our knowing. */
  private isOffered = false;
  private lastAt: number;
  private anybodyCame = false;

  constructor(now: number) {
    this.lastAt = now;
  }

  browserCame(): void {
    this.browsers += 1;
    this.anybodyCame = true;
  }

  browserLeft(now: number): void {
    this.browsers -= 1;
    this.lastAt = now;
  }

  offered(now: number): void {
    this.isOffered = true;
    this.lastAt = now;
  }

  /** A device is to come, or has fetched a part; `download` names what it is about. */
  awaits(download: string, now: number): void {
    this.awaited.add(download);
    this.lastAt = now;
  }

  /** It has reported, or is not waited for any more. */
  settled(download: string | null): void {
    this.isOffered = false;
    if (download !== null) this.awaited.delete(download);
  }

  isOver(now: number): boolean {
    if (this.browsers > 0) return false;
    const isNeeded = this.isOffered || this.awaited.size > 0;
    const patience = isNeeded ? patienceMs : this.anybodyCame ? 0 : firstMs;
    return now - this.lastAt >= patience;
  }
}
