/**
 * Numbers that change as training goes on: a {@link org.samegan.core.schedule.Schedule} is a value,
 * a pure function of the number of steps, and a text.
 *
 * <pre>{@code
 * Optimizer adam = new Adam(Schedule.parse("cosine:2e-4:0"), 0.5, Schedule.constant(0.999), 1e-8);
 * }</pre>
 */
package org.samegan.core.schedule;
