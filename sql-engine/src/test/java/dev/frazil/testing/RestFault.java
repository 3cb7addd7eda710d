package dev.frazil.testing;

/** What a REST catalog's server does wrong with one request. */
public enum RestFault {
  /** Answers 503 and does nothing. */
  UNAVAILABLE,
  /** Answers 429 and does nothing. */
  THROTTLED,
  /** Does it, and answers 500. */
  APPLIED_THEN_500,
  /** Does it, and answers 409, as a proxy that sent it twice. */
  APPLIED_TWICE,
  /** Does it, and closes the connection without an answer. */
  APPLIED_THEN_CLOSED,
  /** Closes the connection, and does nothing. */
  CLOSED,
  /** Closes the connection, and does it a little later. */
  CLOSED_APPLIED_LATE,
  /** Answers 401 and does nothing. */
  UNAUTHENTICATED,
  /** Answers 200 without JSON, as something on the way does, and does nothing. */
  LOGIN_PAGE
}
