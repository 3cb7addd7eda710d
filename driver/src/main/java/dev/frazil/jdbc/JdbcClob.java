package dev.frazil.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A varchar value as a Clob, held in memory. Changing it changes no table. Not thread-safe. */
final class JdbcClob implements NClob {
  private @Nullable String text;

  JdbcClob(String text) {
    this.text = text;
  }

  String alive() throws SQLException {
    String held = text;
    if (held == null) {
      throw SqlExceptions.closed("clob");
    }
    return held;
  }

  private int start(long position, long length) throws SQLException {
    if (position < 1 || length < 0 || position - 1 > alive().length()) {
      throw SqlExceptions.invalid(
          "position "
              + position
              + " lies outside of a clob of "
              + alive().length()
              + " characters");
    }
    return (int) position - 1;
  }

  @Override
  public long length() throws SQLException {
    return alive().length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int from = start(pos, length);
    return alive().substring(from, (int) Math.min(alive().length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(alive());
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    int from = start(pos, length);
    if (from + length > alive().length()) {
      throw SqlExceptions.invalid("the clob ends before position " + (pos + length));
    }
    return new StringReader(alive().substring(from, (int) (from + length)));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(alive().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    int found = alive().indexOf(pattern, start(start, 0));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long pos, String source) throws SQLException {
    return setString(pos, source, 0, source.length());
  }

  @Override
  public int setString(long pos, String source, int offset, int length) throws SQLException {
    if (offset < 0 || length < 0 || offset + (long) length > source.length()) {
      throw SqlExceptions.invalid("the characters to write lie outside of their string");
    }
    int from = start(pos, length);
    StringBuilder changed = new StringBuilder(alive());
    changed.replace(
        from, Math.min(changed.length(), from + length), source.substring(offset, offset + length));
    text = changed.toString();
    return length;
  }

  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    start(pos, 0);
    return new StringWriter() {
      @Override
      public void close() {
        JdbcClob.this.write(pos, toString());
      }
    };
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    start(pos, 0);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        JdbcClob.this.write(pos, toString(StandardCharsets.US_ASCII));
      }
    };
  }

  private void write(long position, String written) {
    try {
      setString(position, written);
    } catch (SQLException e) {
      throw new IllegalStateException("the clob was freed while it was written", e);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > alive().length()) {
      throw SqlExceptions.invalid("the clob has " + alive().length() + " characters");
    }
    text = alive().substring(0, (int) length);
  }

  @Override
  public void free() {
    text = null;
  }
}
