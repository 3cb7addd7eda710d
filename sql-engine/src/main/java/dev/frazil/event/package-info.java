/**
 * Events of the JDK's Flight Recorder: what a person sees in a recording. Depends on nothing.
 *
 * <p>An event class is loaded only after {@link dev.frazil.event.Events#recording()} said yes, so
 * that a JVM without a recorder, or without the module {@code jdk.jfr}, never meets one.
 */
@NullMarked
package dev.frazil.event;

import org.jspecify.annotations.NullMarked;
