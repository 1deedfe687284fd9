/**
 * Whether a generator copies its training images. No such test finds all copies (Stein et al. 2023,
 * arXiv:2306.04675, section 5), so look at the nearest training images too: {@link
 * org.samegan.evaluation.neighbours.Neighbours#of} finds them.
 */
package org.samegan.evaluation.copying;
