package io.github.camelaiflow.cluster;

import io.github.camelaiflow.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who leads in one namespace. */
final class StoreClusterView extends AbstractCamelClusterView {

    private static final Logger LOG = LoggerFactory.getLogger(StoreClusterView.class);

    private final StoreClusterService service;
    private final Member local;
    private volatile Lease lease;
    private boolean toldLeading;
    private boolean away;
    private ScheduledExecutorService executor;

    StoreClusterView(StoreClusterService service, String namespace) {
        super(service, namespace);
        this.service = service;
        this.local = new Member(service.member(), true);
    }

    @Override
    public Optional<CamelClusterMember> getLeader() {
        Lease now = lease;
        if (now == null) {
            return Optional.empty();
        }
        return now.held() ? Optional.of(local) : now.holder().map(holder -> new Member(holder, false));
    }

    @Override
    public CamelClusterMember getLocalMember() {
        return local;
    }

    /** This member, and the one that leads: others leave no trace in the store. */
    @Override
    public List<CamelClusterMember> getMembers() {
        List<CamelClusterMember> members = new ArrayList<>(List.of(local));
        getLeader().filter(leader -> leader != local).ifPresent(members::add);
        return members;
    }

    /** 0 while this member doesn't lead. */
    long term() {
        Lease now = lease;
        return now == null ? 0 : now.term();
    }

    @Override
    protected void doStart() {
        lease = service.lease(getNamespace());
        toldLeading = false;
        long period = service.period().toMillis();
        // Of its own and two: a store that hangs holds up the step, but not the news that the time is over, here or in
        // another namespace
        executor = getCamelContext()
                .getExecutorServiceManager()
                .newScheduledThreadPool(this, "aiflow-cluster-" + getNamespace(), 2);
        executor.scheduleWithFixedDelay(this::step, 0, period, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(this::tell, period, period, TimeUnit.MILLISECONDS);
    }

    private void step() {
        Lease now = lease;
        try {
            synchronized (now) {
                now.step();
            }
            if (away) {
                LOG.info("The store that tells who leads in {} can be used again", getNamespace());
            }
            away = false;
        } catch (StoreException e) {
            if (!away) {
                LOG.warn("Who leads in {} is not known, the store cannot be used: {}", getNamespace(), e.getMessage());
            }
            away = true;
        } catch (RuntimeException | Error e) {
            // What is thrown would end the schedule without a word
            LOG.warn("Who leads in {} could not be found out", getNamespace(), e);
        }
        tell();
    }

    /** Listeners are Camel's own or an application's: what they throw must not end the task. */
    private synchronized void tell() {
        boolean leading = local.isLeader();
        if (leading != toldLeading) {
            toldLeading = leading;
            try {
                fireLeadershipChangedEvent(getLeader().orElse(null));
            } catch (RuntimeException | Error e) {
                LOG.warn("A listener for who leads in {} failed", getNamespace(), e);
            }
        }
    }

    @Override
    protected void doStop() {
        // Interrupts nothing: a listener may be who ends the view
        getCamelContext().getExecutorServiceManager().shutdown(executor);
        Lease now = lease;
        try {
            synchronized (now) {
                now.release();
            }
        } catch (StoreException e) {
            LOG.info("The leadership of {} ends with its time, it could not be given back", getNamespace());
        }
        lease = null;
    }

    private final class Member implements CamelClusterMember {

        private final String id;
        private final boolean here;

        Member(String id, boolean here) {
            this.id = id;
            this.here = here;
        }

        @Override
        public boolean isLeader() {
            Lease now = lease;
            return now != null
                    && (here ? now.held() : now.holder().filter(id::equals).isPresent());
        }

        @Override
        public boolean isLocal() {
            return here;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
