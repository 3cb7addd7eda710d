package dev.frazil.clients.hikari;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;

/**
 * Tells HikariCP to keep a connection on which a construct was refused (0A000) or a statement timed
 * out (57014): both leave a connection of Frazil as usable as it was. HikariCP throws it away on
 * 0A000 otherwise (before version 7 on a timeout as well), and with it an open transaction. Set as
 * {@code exceptionOverrideClassName}.
 */
public final class KeepUsableConnections implements SQLExceptionOverride {

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return failure instanceof SQLFeatureNotSupportedException
            || failure instanceof SQLTimeoutException
        ? Override.DO_NOT_EVICT
        : Override.CONTINUE_EVICT;
  }
}
