/** Programs that make reports of Iceberg tables; their tests are real clients of the driver jar. */
@NullMarked
package dev.frazil.reports;

import org.jspecify.annotations.NullMarked;
