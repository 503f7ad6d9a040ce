/** Kachel's one internal colour: hue 0-360 degrees, saturation and value 0-100. */
export interface Color {
  readonly h: number;
  readonly s: number;
  readonly v: number;
}
