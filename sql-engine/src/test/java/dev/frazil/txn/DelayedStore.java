package dev.frazil.txn;

import dev.frazil.storage.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.Executor;

/** A store whose every request takes so long, several of them at the same time. */
final class DelayedStore {
  private static final Set<String> REQUESTS = Set.of("fetch", "readFully", "head", "putIf", "put");

  private static final Executor TRANSFERS =
      task -> {
        Thread thread = new Thread(task, "delayed-transfer");
        thread.setDaemon(true);
        thread.start();
      };

  private DelayedStore() {}

  static ObjectStore of(ObjectStore store, long millis) {
    return of(store, millis, false);
  }

  /**
   * @param orderly whether the store says that it keeps writers in order itself, which turns the
   *     queue in the root off
   */
  static ObjectStore of(ObjectStore store, long millis, boolean orderly) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("transfers")) {
                return TRANSFERS;
              }
              if (method.getName().equals("keepsTurns")) {
                return orderly;
              }
              if (REQUESTS.contains(method.getName())) {
                Thread.sleep(millis);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
