import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IPv4 that is not the public internet: special-purpose networks as IANA registers them. */
const special = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  // Public by number, but the metadata and wire server of a cloud.
  ["168.63.129.16", 32],
] as const) {
  special.addSubnet(network, prefix, "ipv4");
}

/** The only IPv6 that is given out to the public internet, without the parts of it that stand for something else. */
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");
const special6 = new BlockList();
for (const [network, prefix] of [
  // Teredo, benchmarks and other protocols; 6to4, which holds an IPv4 address; documentation.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  special6.addSubnet(network, prefix, "ipv6");
}

/** Whether an address is one of the public internet: no machine of ours, of this network, or of a cloud's inside. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  return isIPv6(address) && global6.check(address, "ipv6") && !special6.check(address, "ipv6");
}
