package org.samegan.core.profile;

/**
 * One call, at its place in time.
 *
 * @param lane what it ran within: the part whose graph it belongs to, or {@link Profile#REST}
 * @param start when it began, in nanoseconds from the first traced iteration's beginning
 * @param work what it did, as a row of this call alone; its time is the call's
 */
public record TracedCall(String lane, long start, ProfileRow work) {}
