const lookAgainMs = 200;

/** When the program ends: at once, or as soon as no device is left with half an image by it. */
export class Ending {
  /** Resolves with the exit status. */
  readonly status: Promise<number>;
  private readonly isBusy: () => boolean;
  private readonly say: (line: string) => void;
  private settle: (status: number) => void = () => {};
  private wanted: number | undefined;
  private looking: NodeJS.Timeout | undefined;

  constructor(isBusy: () => boolean, say: (line: string) => void) {
    this.isBusy = isBusy;
    this.say = say;
    this.status = new Promise((resolve) => {
      this.settle = (status) => {
        clearInterval(this.looking);
        resolve(status);
      };
    });
  }

  get isWanted(): boolean {
    return this.wanted !== undefined;
  }

  /** Ends with `status` once no device is in the middle of its download. The first wish counts. */
  ask(status: number): void {
    if (this.wanted !== undefined) return;
    this.wanted = status;
    if (!this.isBusy()) {
      this.settle(status);
      return;
    }
    this.say(
      'A device is in the middle of its download and would be left with half an image. ' +
        'This ends when it is done, or has been silent for 20 s. Press Ctrl-C (again) to stop at once.',
    );
    this.looking = setInterval(() => {
      if (!this.isBusy()) this.settle(status);
    }, lookAgainMs);
  }

  /** A person or the system wants the end: the first time as `ask` does, the second time at once. */
  interrupt(status: number): void {
    if (this.wanted === undefined) this.ask(status);
    else this.settle(status);
  }
}
