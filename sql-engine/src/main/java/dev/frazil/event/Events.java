package dev.frazil.event;

import jdk.jfr.FlightRecorder;

/** Whether the JVM has a Flight Recorder that was started. Thread-safe. */
public final class Events {
  /** A runtime may be built without the module. */
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Events() {}

  /**
   * Whether an event may be wanted: false until the first recording of this JVM, whoever starts it.
   * Ask before an event class is named in code that runs.
   */
  public static boolean recording() {
    return PRESENT && FlightRecorder.isInitialized();
  }
}
