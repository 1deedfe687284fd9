/** Files that are whole or absent, and their digests. */
package org.samegan.io.file;
