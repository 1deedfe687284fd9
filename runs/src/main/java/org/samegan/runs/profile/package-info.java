/**
 * Where a step's time goes, for people: a {@link org.samegan.core.profile.Profile} as a {@linkplain
 * org.samegan.runs.profile.ProfileTable table}, and as a {@linkplain
 * org.samegan.runs.profile.ProfileTrace trace}.
 */
package org.samegan.runs.profile;
