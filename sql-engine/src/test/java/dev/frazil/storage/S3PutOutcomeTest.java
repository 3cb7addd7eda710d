package dev.frazil.storage;

import static dev.frazil.storage.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.ServerFault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer to a conditional put means, and that each put is sent once. */
class S3PutOutcomeTest {
  private static final String LOCATION = "s3://warehouse/db/root";

  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final ObjectStore store = StoreFactory.open(server.config("db"));

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PRECONDITION_FAILED,             Refused,  before",
    "CONFLICT,                        Conflict, before",
    "INTERNAL_ERROR,                  Unknown,  before",
    "SLOW_DOWN,                       Unknown,  before",
    "DROPPED,                         Unknown,  before",
    "LOST_ANSWER,                     Unknown,  after",
    "APPLIED_THEN_CONFLICT,           Conflict, after",
    "APPLIED_THEN_PRECONDITION_FAILED,Refused,  after",
    "APPLIED_THEN_INTERNAL_ERROR,     Unknown,  after",
    "APPLIED_THEN_SLOW_DOWN,          Unknown,  after",
    "ARRIVES_LATE,                    Unknown,  before",
    "DUPLICATED,                      Refused,  after",
  })
  void mapsAnswers(ServerFault fault, String outcome, String body) {
    String tag = stored(store.putIf(LOCATION, bytes("before"), PutCondition.ifAbsent()));
    server.resetCounts();
    server.faults().nextConditionalPut(fault);
    PutOutcome answered = store.putIf(LOCATION, bytes("after"), PutCondition.ifMatch(tag));
    assertThat(answered.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(server.count(Kind.CONDITIONAL_PUT)).as("sent once").isEqualTo(1);
    assertThat(server.faults().injected()).containsOnlyKeys(fault);
    assertThat(body()).isEqualTo(body);
  }

  @Test
  void aLateArrivalLandsOnlyWhileNobodyHasMoved() throws InterruptedException {
    String tag = stored(store.putIf(LOCATION, bytes("before"), PutCondition.ifAbsent()));
    server.faults().holdLate().nextConditionalPut(ServerFault.ARRIVES_LATE);
    assertThat(store.putIf(LOCATION, bytes("late"), PutCondition.ifMatch(tag)))
        .isInstanceOf(PutOutcome.Unknown.class);
    server.faults().letArrive();
    assertThat(body()).isEqualTo("late");

    String current = ((FetchOutcome.Fetched) store.fetch(LOCATION, null, 100)).entityTag();
    server.faults().holdLate().nextConditionalPut(ServerFault.ARRIVES_LATE);
    assertThat(store.putIf(LOCATION, bytes("too late"), PutCondition.ifMatch(current)))
        .isInstanceOf(PutOutcome.Unknown.class);
    stored(store.putIf(LOCATION, bytes("moved"), PutCondition.ifMatch(current)));
    server.faults().letArrive();
    assertThat(body()).isEqualTo("moved");
  }

  @Test
  void aTimeOutIsUnknown() {
    try (ObjectStore hasty =
        StoreFactory.open(
            server.config(
                "warehouse", "db", Map.of(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, "200")))) {
      server.latencyMillis(600);
      assertThat(hasty.putIf(LOCATION, bytes("slow"), PutCondition.ifAbsent()))
          .isInstanceOf(PutOutcome.Unknown.class);
    }
  }

  @Test
  void aMissingObjectRefusesAReplacement() {
    assertThat(store.putIf(LOCATION, bytes("x"), PutCondition.ifMatch("\"00\"")))
        .isInstanceOfSatisfying(
            PutOutcome.Refused.class, refused -> assertThat(refused.reason()).startsWith("404"));
  }

  @ParameterizedTest
  @CsvSource({"ACCESS_DENIED,INVALID_AUTHORIZATION", "STORAGE_FULL,DISK_FULL"})
  void anAnswerThatNothingWasAppliedIsAnException(ServerFault fault, SqlState state) {
    server.faults().nextConditionalPut(fault);
    assertThatThrownBy(() -> store.putIf(LOCATION, bytes("x"), PutCondition.ifAbsent()))
        .isInstanceOf(EngineException.class)
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(state);
    assertThat(server.peek(ConditionalS3Server.BUCKET, "db/root")).isNull();
  }

  @Test
  void aMissingBucketIsAnException() {
    try (ObjectStore other = StoreFactory.open(server.config("nowhere", "db", Map.of()))) {
      assertThatThrownBy(
              () -> other.putIf("s3://nowhere/db/x", bytes("x"), PutCondition.ifMatch("\"0\"")))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("no bucket 'nowhere'");
    }
  }

  /** Nothing left this machine, so the outcome is known: nothing was stored, nothing will be. */
  @Test
  void aRequestThatNeverLeftIsAnException() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    for (String endpoint : List.of("http://127.0.0.1:" + port, "http://no-such-host.invalid")) {
      try (ObjectStore deaf =
          StoreFactory.open(
              server.config("warehouse", "db", Map.of(ConnectionProperty.ENDPOINT, endpoint)))) {
        assertFails(
                SqlState.CONNECTION_FAILURE,
                () -> deaf.putIf(LOCATION, bytes("x"), PutCondition.ifAbsent()))
            .hasMessageContaining(endpoint);
      }
    }
  }

  /**
   * A kept connection breaks in the middle of a put, and then nobody listens any more. The HTTP
   * client of the JDK tries once more by itself and reports "connection refused", but the first
   * attempt has arrived.
   */
  @Test
  void aRefusedSecondAttemptOfTheHttpClientIsUnknown() throws Exception {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    AtomicInteger arrived = new AtomicInteger();
    Thread stub = new Thread(() -> answerOnceThenVanish(socket, arrived), "stub");
    stub.start();
    String endpoint = "http://127.0.0.1:" + socket.getLocalPort();
    try (ObjectStore dying =
        StoreFactory.open(
            server.config("warehouse", "db", Map.of(ConnectionProperty.ENDPOINT, endpoint)))) {
      stored(dying.putIf(LOCATION, bytes("before"), PutCondition.ifAbsent()));
      assertThat(dying.putIf(LOCATION, bytes("after"), PutCondition.ifMatch("\"1\"")))
          .isInstanceOf(PutOutcome.Unknown.class);
    }
    stub.join(10_000);
    assertThat(arrived).as("requests that reached the server").hasValue(2);
  }

  private static void answerOnceThenVanish(ServerSocket socket, AtomicInteger arrived) {
    try (socket;
        Socket connection = socket.accept()) {
      InputStream in = connection.getInputStream();
      readRequest(in);
      arrived.incrementAndGet();
      connection
          .getOutputStream()
          .write(bytes("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\n\r\n"));
      readRequest(in);
      arrived.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client hung up after: " + head);
      }
      head.append((char) next);
    }
    Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
    assertThat(length.find()).isTrue();
    in.readNBytes(Integer.parseInt(length.group(1)));
  }

  @Test
  void idempotentRequestsAreSentAgain() {
    store.put("s3://warehouse/db/data", bytes("data"));
    for (ServerFault fault :
        new ServerFault[] {
          ServerFault.SLOW_DOWN, ServerFault.DROPPED, ServerFault.INTERNAL_ERROR
        }) {
      server.faults().next(request -> request.method().equals("GET"), fault, fault);
      assertThat(((FetchOutcome.Fetched) store.fetch("s3://warehouse/db/data", null, 10)).body())
          .isEqualTo(bytes("data"));
      server.faults().next(request -> request.method().equals("PUT"), fault, fault);
      store.put("s3://warehouse/db/data", bytes("data"));
    }
    server.faults().next(request -> request.method().equals("GET"), ServerFault.CUT_OFF);
    byte[] part = new byte[2];
    store.readFully("s3://warehouse/db/data", 2, part, 0, 2);
    assertThat(part).isEqualTo(bytes("ta"));
    assertThat(server.faults().injected().values().stream().mapToLong(l -> l).sum()).isEqualTo(13);
  }

  private String body() {
    return new String(server.peek(ConditionalS3Server.BUCKET, "db/root"), StandardCharsets.UTF_8);
  }

  private static String stored(PutOutcome outcome) {
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    return ((PutOutcome.Stored) outcome).entityTag();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
