/** What the trainer needs of data: a {@link org.samegan.core.data.Dataset} of examples by index. */
package org.samegan.core.data;
