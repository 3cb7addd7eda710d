package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.ServerFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a store hangs, an abort ends the wait for it. The server's own sleeps are longer. */
@Timeout(20)
class RequestScopeTest {
  private static final String LOCATION = "s3://warehouse/db/object";

  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final ObjectStore store = StoreFactory.open(server.config("db"));
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
  private final RequestScope scope = new RequestScope();

  @AfterEach
  void close() {
    later.shutdownNow();
    store.close();
    server.close();
  }

  @Test
  void anAnswerThatDoesNotBegin() {
    store.put(LOCATION, new byte[10]);
    server.latencyMillis(30_000);
    assertEnds(() -> store.fetch(LOCATION, null, 100));
    assertEnds(() -> store.put(LOCATION, new byte[20]));
  }

  @Test
  void anAnswerThatStopsInItsMiddle() {
    store.put(LOCATION, new byte[1_000_000]);
    server.faults().next(request -> true, ServerFault.STALLED, ServerFault.STALLED);
    assertEnds(() -> store.readFully(LOCATION, 0, new byte[1_000_000], 0, 1_000_000));
  }

  /** A queue of connections that is full: the next one is neither accepted nor refused. */
  @Test
  void aConnectionThatIsNotAccepted() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, loopback)) {
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        later.execute(() -> connect(socket, deaf));
      }
      String endpoint = "http://" + loopback.getHostAddress() + ":" + deaf.getLocalPort();
      try (ObjectStore far =
          StoreFactory.open(
              server.config("warehouse", "db", Map.of(ConnectionProperty.ENDPOINT, endpoint)))) {
        assertEnds(() -> far.fetch(LOCATION, null, 100));
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static void connect(Socket socket, ServerSocket deaf) {
    try {
      socket.connect(deaf.getLocalSocketAddress());
    } catch (IOException e) {
      assertThat(socket.isConnected()).as("it was closed while it waited").isFalse();
    }
  }

  /** The clean-up began before the abort: it may go on a little, and ends. */
  @Test
  void aCleanUpUnderWay() {
    store.put(LOCATION, new byte[10]);
    server.latencyMillis(30_000);
    assertEnds(() -> RequestScope.cleanUp(() -> store.fetch(LOCATION, null, 100)));
  }

  @Test
  void aCleanUpAfterTheAbortMayStillSucceed() {
    store.put(LOCATION, new byte[10]);
    store.delete(List.of(LOCATION + "-other")); // what a first deletion loads takes time, too
    scope.abort("no longer wanted");
    server.resetCounts();
    scope.within(
        () -> {
          assertThatThrownBy(() -> store.fetch(LOCATION, null, 100))
              .isInstanceOfSatisfying(
                  EngineException.class,
                  e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
          RequestScope.cleanUp(() -> store.delete(List.of(LOCATION)));
          return true;
        });
    assertThat(server.count(Kind.GET)).isZero();
    assertThat(store.fetch(LOCATION, null, 100)).isInstanceOf(FetchOutcome.Missing.class);
  }

  private void assertEnds(Runnable request) {
    RequestScope own = new RequestScope();
    long[] abortedNanos = new long[1];
    later.schedule(
        () -> {
          abortedNanos[0] = System.nanoTime();
          own.abort("no longer wanted");
          assertThat(System.nanoTime() - abortedNanos[0]).isLessThan(2_000_000_000L);
        },
        150,
        TimeUnit.MILLISECONDS);
    assertThatThrownBy(
            () ->
                own.within(
                    () -> {
                      request.run();
                      return true;
                    }))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
    assertThat((System.nanoTime() - abortedNanos[0]) / 1_000_000)
        .as("milliseconds after the abort")
        .isBetween(0L, 2_500L);
  }
}
