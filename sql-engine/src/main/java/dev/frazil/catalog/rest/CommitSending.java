package dev.frazil.catalog.rest;

import dev.frazil.catalog.CommitGuard;
import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one change until it is known what became of it, or patience ends. An answer of 2xx that can
 * be read says that it was applied. Every other one, and none, is looked into: a conflict may be
 * one with an earlier copy of the same request, which a proxy sent. What may have been applied is
 * never called failed before the server's state says that it cannot be any more. One thread, used
 * once.
 */
final class CommitSending {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommitSending.class);

  private final RestClient client;
  private final boolean takesKeys;
  private final CommitAttempt attempt;
  private final CommitPatience patience;
  private final Supplier<DatabaseSnapshot> snapshot;
  private final long deadlineNanos;
  private boolean mayApply;
  private @Nullable String key;

  CommitSending(
      RestResources resources,
      CommitAttempt attempt,
      CommitPatience patience,
      Supplier<DatabaseSnapshot> snapshot) {
    this.client = resources.client();
    this.takesKeys = resources.config().takesKeys();
    this.attempt = attempt;
    this.patience = patience;
    this.snapshot = snapshot;
    this.deadlineNanos = patience.deadlineNanos();
  }

  CommitOutcome run(String commitId) {
    for (int failures = 1; ; failures++) {
      HttpOutcome outcome;
      try {
        outcome = send();
      } catch (EngineException e) {
        // It did not leave: there is no token for it, say. An earlier attempt may have.
        if (!mayApply) {
          throw e;
        }
        if (patience.isOver(deadlineNanos) || !e.isPassing()) {
          return lastLook(commitId, e);
        }
        patience.pause(failures, 0);
        continue;
      }
      HttpOutcome.Answered answer =
          outcome instanceof HttpOutcome.Answered answered ? answered : null;
      boolean strange = false;
      if (answer != null && answer.status() / 100 == 2) {
        if (isUsed(answer)) {
          return new CommitOutcome.Applied(snapshot.get());
        }
        strange = true;
      }
      boolean notApplied =
          outcome instanceof HttpOutcome.NotSent
              || (answer != null && !strange && answer.status() < 500 && answer.status() != 408);
      mayApply |= !notApplied;
      if (notApplied) {
        key = null; // the server may keep its answer under the key, and give it again
      }
      EngineException failure = failure(outcome);
      if (!patience.enabled(CommitGuard.OWN_ID)) {
        return new CommitOutcome.Moved(snapshot.get(), String.valueOf(failure.getMessage()));
      }
      CommitAttempt.State state;
      try {
        state = attempt.state().now();
      } catch (EngineException e) {
        e.addSuppressed(failure);
        if (!mayApply && !isConflict(answer)) {
          throw failure;
        }
        if (patience.isOver(deadlineNanos) || !e.isPassing()) {
          return unknown(commitId, e);
        }
        patience.pause(failures, 0);
        continue;
      }
      switch (state) {
        case APPLIED -> {
          return new CommitOutcome.Applied(snapshot.get());
        }
        case RULED_OUT -> {
          return new CommitOutcome.Moved(
              snapshot.get(), "another client changed it first: " + failure.getMessage());
        }
        case UNTOLD -> {
          return mayApply
              ? unknown(commitId, failure)
              : new CommitOutcome.Moved(
                  snapshot.get(), "another client changed it: " + failure.getMessage());
        }
        case OPEN -> {
          boolean final4xx =
              answer != null && notApplied && answer.status() != 429 && !isConflict(answer);
          if (final4xx && !mayApply) {
            throw failure;
          }
          if (final4xx || patience.isOver(deadlineNanos)) {
            if (mayApply) {
              return unknown(commitId, failure);
            }
            if (isConflict(answer)) {
              return new CommitOutcome.Moved(snapshot.get(), String.valueOf(failure.getMessage()));
            }
            throw failure;
          }
        }
      }
      patience.pause(failures, answer == null ? 0 : RestClient.retryAfterMillis(answer));
    }
  }

  private CommitOutcome lastLook(String commitId, EngineException failure) {
    try {
      if (attempt.state().now() == CommitAttempt.State.APPLIED) {
        return new CommitOutcome.Applied(snapshot.get());
      }
    } catch (EngineException e) {
      failure.addSuppressed(e);
    }
    return unknown(commitId, failure);
  }

  private static boolean isConflict(HttpOutcome.@Nullable Answered answer) {
    return answer != null && answer.status() == 409;
  }

  private CommitOutcome unknown(String commitId, EngineException failure) {
    if (!patience.enabled(CommitGuard.UNKNOWN_STAYS_UNKNOWN)) {
      throw failure;
    }
    return new CommitOutcome.Unknown(commitId, failure);
  }

  private HttpOutcome send() {
    Map<String, String> headers = new HashMap<>();
    if (takesKeys) {
      if (key == null) {
        key = newKey();
      }
      headers.put("Idempotency-Key", key);
    }
    return client.once(attempt.method(), attempt.path(), attempt.query(), headers, attempt.body());
  }

  /** A UUID of version 7: the time in milliseconds, then chance. */
  private String newKey() {
    Ids ids = patience.ids();
    String digits =
        String.format("%012x", patience.time().nowMillis() & 0xffffffffffffL)
            + '7'
            + ids.hex(3)
            + "89ab".charAt((int) ids.below(4))
            + ids.hex(15);
    return digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /**
   * Whether an answer of 2xx is one of the server's: what is no JSON may be the page of a proxy
   * that wants to be logged in to, and what was asked for never arrived.
   */
  private boolean isUsed(HttpOutcome.Answered answer) {
    try {
      if (answer.body().length > 0) {
        RestClient.json(answer, attempt.attempted());
      }
      attempt.taken().answer(answer);
      return true;
    } catch (EngineException e) {
      LOGGER.debug("the answer to a commit cannot be read", e);
      return false;
    }
  }

  private EngineException failure(HttpOutcome outcome) {
    if (outcome instanceof HttpOutcome.Answered answer) {
      if (answer.status() / 100 == 2) {
        return EngineException.passing(
            SqlState.CONNECTION_REJECTED,
            "what answers is no Iceberg REST catalog, or something stands before it: asked to "
                + attempt.attempted()
                + ", it said "
                + answer.status()
                + " and nothing that can be read",
            new IOException("an answer that cannot be read"));
      }
      return answer.status() == 409
          ? new EngineException(
              SqlState.SERIALIZATION_FAILURE,
              "the catalog refused to "
                  + attempt.attempted()
                  + RestFailures.said(answer, client.authentication()))
          : RestFailures.of(answer, attempt.attempted(), client.authentication());
    }
    IOException cause =
        outcome instanceof HttpOutcome.NotSent notSent
            ? notSent.cause()
            : ((HttpOutcome.Lost) outcome).cause();
    return RestFailures.unreachable(attempt.attempted(), cause);
  }
}
