/**
 * The seam between training and what computes it. A {@link org.samegan.core.backend.Backend} has
 * the memory of a device, compiles graphs onto it, and updates parameters there; ND4J's is the
 * default and the reference.
 */
package org.samegan.core.backend;
