/**
 * What nearest neighbours tell: whether generated images look real, whether all that is real is
 * among them, and whether they repeat each other. {@link
 * org.samegan.evaluation.neighbours.Neighbours} finds them.
 */
package org.samegan.evaluation.neighbours;
