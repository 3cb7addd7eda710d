package dev.frazil.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the driver: for failures that no caller can be told. */
final class FrazilLog {
  static final Logger LOGGER = LoggerFactory.getLogger("dev.frazil.jdbc");

  private FrazilLog() {}
}
