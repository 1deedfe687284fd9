/** The linear algebra that metrics need: moments, symmetric matrices, and products in tiles. */
package org.samegan.evaluation.algebra;
