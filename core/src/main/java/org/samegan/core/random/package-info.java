/**
 * Randomness without state: every random array is filled from a {@link
 * org.samegan.core.random.RandomStream}, a pure function of (seed, name, index), by a {@link
 * org.samegan.core.random.RandomSource}.
 */
package org.samegan.core.random;
