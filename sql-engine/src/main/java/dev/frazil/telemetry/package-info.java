/** The only home of OpenTelemetry's API: loaded where the property {@code openTelemetry} asks. */
@NullMarked
package dev.frazil.telemetry;

import org.jspecify.annotations.NullMarked;
