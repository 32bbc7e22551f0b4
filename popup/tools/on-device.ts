/** The device on the card, as the commands of the tools name it. */
export interface OnDevice {
  readonly host: string;
  readonly deviceid: string | null;
  readonly refusesId: boolean;
}
