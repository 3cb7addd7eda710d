package dev.frazil.jdbc;

import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.ScrollableCursor;
import dev.frazil.engine.Session;
import dev.frazil.exec.CancellationToken;
import dev.frazil.txn.CommitState;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/** The part of a session that keeps what it is told. */
abstract class FakeSettings implements Session {
  private boolean autoCommit = true;
  private boolean readOnly;
  private boolean serializable = true;
  private Namespace schema = Namespace.of("main");
  @Nullable String idempotencyToken;
  @Nullable String applicationName;

  @Override
  public <T extends @Nullable Object> T underToken(String token, Supplier<T> work) {
    return work.get();
  }

  @Override
  public ScrollableCursor scrollable(
      ResultCursor rows, long limit, CancellationToken cancellation) {
    return new ScrollableCursor(rows, limit, FakeContext.of(cancellation));
  }

  @Override
  public Catalog icebergCatalog() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean autoCommit() {
    return autoCommit;
  }

  @Override
  public void setAutoCommit(boolean autoCommit) {
    this.autoCommit = autoCommit;
  }

  @Override
  public boolean inTransaction() {
    return false;
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  @Override
  public boolean serializable() {
    return serializable;
  }

  @Override
  public void setSerializable(boolean serializable) {
    this.serializable = serializable;
  }

  @Override
  public Namespace currentSchema() {
    return schema;
  }

  @Override
  public void setCurrentSchema(Namespace schema) {
    this.schema = schema;
  }

  @Override
  public long setSavepoint(@Nullable String name) {
    return 1;
  }

  @Override
  public void rollbackTo(long savepoint) {}

  @Override
  public void releaseSavepoint(long savepoint) {}

  @Override
  public CommitState commitState(String token) {
    return new CommitState(null);
  }

  @Override
  public void setIdempotencyToken(@Nullable String token) {
    idempotencyToken = token;
  }

  @Override
  public @Nullable String idempotencyToken() {
    return idempotencyToken;
  }

  @Override
  public void setApplicationName(@Nullable String name) {
    applicationName = name;
  }
}
