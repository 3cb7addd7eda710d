package dev.frazil.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Watches how far one request came, to tell a failure before anything left this machine from one
 * after it. The exception alone does not tell: the HTTP client of the JDK sends a request again on
 * a new connection when a kept one breaks, and then "connection refused" is the end of the second
 * attempt, after a first one that may have arrived. But the client asks for the body only when it
 * has a connection, so a body that nobody asked for has not left. One request, one thread.
 */
final class Departure {
  private static final ExecutionAttribute<Departure> ATTRIBUTE =
      new ExecutionAttribute<>("dev.frazil.storage.Departure");

  private boolean handedOver;
  private boolean bodyAskedFor;

  /** The request, with this watching it. */
  PutObjectRequest watch(PutObjectRequest.Builder request) {
    return request.overrideConfiguration(o -> o.putExecutionAttribute(ATTRIBUTE, this)).build();
  }

  /** The body, with this watching who asks for it. */
  RequestBody body(byte[] body) {
    return RequestBody.fromContentProvider(
        () -> open(body), body.length, "application/octet-stream");
  }

  private InputStream open(byte[] body) {
    bodyAskedFor |= handedOver; // the signature reads it, too, before that
    return new ByteArrayInputStream(body);
  }

  /** True if the request certainly never left: it failed while it was made, or to connect. */
  boolean neverLeft(RuntimeException failure) {
    if (!handedOver) {
      return true;
    }
    return !bodyAskedFor && noConnection(failure);
  }

  private static boolean noConnection(RuntimeException failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Marks the moment when a watched request is made and signed, and goes to the HTTP client. */
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      Departure departure = attributes.getAttribute(ATTRIBUTE);
      if (departure != null) {
        departure.handedOver = true;
      }
    }
  }
}
