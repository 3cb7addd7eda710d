package dev.frazil.storage;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP client whose requests end when the {@link RequestScope} of their thread is aborted. */
final class AbortableHttpClient implements SdkHttpClient {
  private final SdkHttpClient client;

  AbortableHttpClient(SdkHttpClient client) {
    this.client = client;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest executable = client.prepareRequest(request);
    RequestScope scope = RequestScope.current();
    if (scope == null) {
      return executable;
    }
    return new ExecutableHttpRequest() {
      /** The body of the answer is still to be read then: whoever reads it ends the wait. */
      @Override
      public HttpExecuteResponse call() throws IOException {
        scope.begin(executable::abort);
        return executable.call();
      }

      @Override
      public void abort() {
        executable.abort();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String clientName() {
    return client.clientName();
  }
}
