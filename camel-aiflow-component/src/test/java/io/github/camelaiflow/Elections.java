package io.github.camelaiflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/** Elections whose outcome is the test's. */
final class Elections extends AbstractCamelClusterService<Elections.View> {

    final Map<String, Boolean> leaders = new ConcurrentHashMap<>();

    @Override
    protected View createView(String namespace) {
        return new View(this, namespace);
    }

    static final class View extends AbstractCamelClusterView implements CamelClusterMember {

        private final Elections elections;

        View(Elections elections, String namespace) {
            super(elections, namespace);
            this.elections = elections;
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return isLeader() ? Optional.of(this) : Optional.empty();
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return this;
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of(this);
        }

        @Override
        protected void doStart() {
            elections.leaders.put(getNamespace(), false);
        }

        @Override
        protected void doStop() {
            elections.leaders.remove(getNamespace());
        }

        @Override
        public boolean isLeader() {
            return elections.leaders.getOrDefault(getNamespace(), false);
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public String getId() {
            return "here";
        }
    }
}
