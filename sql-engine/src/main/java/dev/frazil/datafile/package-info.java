/** The formats of data files and delete files under one face. */
@NullMarked
package dev.frazil.datafile;

import org.jspecify.annotations.NullMarked;
