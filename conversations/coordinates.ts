/** A spot on the map as staff paste it: two figures, or the link of a map. */

export interface Spot {
  /** Degrees, WGS 84. */
  latitude: number;
  longitude: number;
}

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
/** Where a link says both, the pin comes before the middle of what is shown. */
const LINKS = [
  // OpenStreetMap: ?mlat=48.91&mlon=2.55#map=18/48.91/2.55
  `[?&]mlat=${NUMBER}&mlon=${NUMBER}`,
  // Google Maps: !3d48.91!4d2.55, /@48.91,2.55,17z, ?q=48.91,2.55
  `!3d${NUMBER}!4d${NUMBER}`,
  String.raw`[?&](?:q|query|ll|destination)=(?:loc:)?${NUMBER}(?:,|%2C)\+?${NUMBER}`,
  String.raw`#map=[\d.]+/${NUMBER}/${NUMBER}`,
  `/@${NUMBER},${NUMBER}`,
  // RFC 5870
  `^geo:${NUMBER},${NUMBER}`,
].map((pattern) => new RegExp(pattern, 'i'));
const PAIR = new RegExp(`^\\(?${NUMBER}°?\\s*[,; ]\\s*${NUMBER}°?\\)?$`);
/** With the comma of France in the figures, something else must stand between them. */
const FRENCH_PAIR = /^\(?(-?\d{1,3},\d+)°?\s*(?:;|,\s|\s)\s*(-?\d{1,3},\d+)°?\)?$/;

/** Undefined where nothing in it is a spot, or none on earth. A short link says nothing without being opened. */
export function spotIn(text: string): Spot | undefined {
  const pasted = text.trim();
  const found = [PAIR, FRENCH_PAIR, ...LINKS].map((each) => each.exec(pasted)).find(Boolean);
  if (!found) return undefined;
  const [latitude, longitude] = found.slice(1).map((figure) => Number(figure.replace(',', '.'))) as [
    number,
    number,
  ];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
