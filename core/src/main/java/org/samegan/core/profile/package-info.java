/**
 * Where the time of training goes: a {@link org.samegan.core.profile.ProfilingBackend} stands
 * before any other backend and has a {@link org.samegan.core.profile.Profile} told what was
 * computed and how long it took. Trainers and generators know nothing of it.
 */
package org.samegan.core.profile;
