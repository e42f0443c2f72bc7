package io.github.camelaiflow.it;

import io.github.camelaiflow.cluster.StoreClusterService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A node as a process of its own: says each few milliseconds, with the machine's monotonic time, that it acts, as long as it leads;
 * ends in order with its standard input.
 */
final class ClusterMember {

    private ClusterMember() {}

    /** @param arguments {@code file FOLDER}, or {@code store URL USER PASSWORD LEASE_MS} */
    public static void main(String[] arguments) throws Exception {
        CamelContext context = new DefaultCamelContext();
        CamelClusterService service = service(arguments);
        context.addService(service);
        context.start();
        CamelClusterView view = service.getView("aiflow-claims");
        System.out.println("started");
        // nor does it outlive a test that was killed
        ProcessHandle test = ProcessHandle.current().parent().orElseThrow();
        while (System.in.available() == 0 && test.isAlive()) {
            // before it asks: one that is stopped between question and act says when it asked
            long now = System.nanoTime();
            if (view.getLocalMember().isLeader()) {
                System.out.println("acts " + now);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        context.stop();
    }

    private static CamelClusterService service(String[] arguments) {
        if (arguments[0].equals("file")) {
            FileLockClusterService files = new FileLockClusterService();
            files.setRoot(arguments[1]);
            files.setAcquireLockInterval(1);
            files.setHeartbeatTimeoutMultiplier(3);
            return files;
        }
        StoreClusterService store = new StoreClusterService();
        store.setUrl(arguments[1]);
        store.setUsername(arguments[2]);
        store.setPassword(arguments[3]);
        store.setLease(Duration.ofMillis(Long.parseLong(arguments[4])));
        return store;
    }
}
