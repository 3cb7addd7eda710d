package dev.frazil.testing;

/** What the S3 test server may do to one request. */
public enum ServerFault {
  /** Nothing is applied; 409 ConditionalRequestConflict. */
  CONFLICT,
  /** Nothing is applied; 412. */
  PRECONDITION_FAILED,
  /** Nothing is applied; 500. */
  INTERNAL_ERROR,
  /** Nothing is applied; 503 SlowDown. */
  SLOW_DOWN,
  /** Nothing is applied; 403 AccessDenied. */
  ACCESS_DENIED,
  /** Nothing is applied; 507. */
  STORAGE_FULL,
  /** Nothing is applied; the connection is closed without an answer. */
  DROPPED,
  /** Applied; the connection is closed without an answer. */
  LOST_ANSWER,
  /** Applied; 409. */
  APPLIED_THEN_CONFLICT,
  /** Applied; 412. */
  APPLIED_THEN_PRECONDITION_FAILED,
  /** Applied; 500. */
  APPLIED_THEN_INTERNAL_ERROR,
  /** Applied; 503. */
  APPLIED_THEN_SLOW_DOWN,
  /** The connection is closed without an answer; applied a little later. */
  ARRIVES_LATE,
  /** Applied twice; the second answer is sent. */
  DUPLICATED,
  /** Applied; the answer breaks off in the middle of its body. */
  CUT_OFF,
  /** Applied; the answer stops in the middle of its body, and the connection stays open. */
  STALLED
}
