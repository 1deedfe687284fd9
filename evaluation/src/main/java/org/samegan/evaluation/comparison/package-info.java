/**
 * All numbers of one comparison, real images against generated ones, each beside its floor: read
 * {@link org.samegan.evaluation.comparison.Comparison}.
 */
package org.samegan.evaluation.comparison;
