package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Verdict;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcJoinsH2FileTest extends JoinSequencesContract {

    @TempDir
    private Path folder;

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:file:" + folder.resolve("flows"), null, null, clock);
    }

    @Override
    protected int permutations() {
        return 40;
    }

    @Override
    protected int each() {
        return 40;
    }

    @Test
    void allIsThereAfterARestart() {
        joins.left(List.of(left("p1", "c1"), left("p2", "c2"), left("p3", null)));
        joins.right(List.of(byAlias("c1", "x"), byId("p2", "y"), byId("q", "z")));
        List<Joined> feed = feed();
        store.close();
        open();
        assertThat(feed()).isEqualTo(feed).hasSize(2);
        assertThat(joins.waiting()).isEqualTo(new Waiting(1, 1));
        assertThat(said(byId("p2", "y"))).isEqualTo(Verdict.DUPLICATE);
        List<Joined> later = joins.left(List.of(left("p4", "c1"), left("q", null)));
        assertThat(later).extracting(Joined::position).containsExactly(3L, 4L);
        assertThat(joins.joined(2, 9)).isEqualTo(later);
    }

    @Test
    void tablesOfAnOlderVersionAreBroughtUpToDate() throws Exception {
        store.write("claims", "rollout", "x");
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("flows"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE aiflow_join, aiflow_join_left, aiflow_join_right, aiflow_join_pair");
            statement.execute(
                    "DROP TABLE aiflow_offset, aiflow_decision, aiflow_dead_letter, aiflow_dead_letter_change,"
                            + " aiflow_dead_letter_pruned, aiflow_outbox, aiflow_key");
            statement.execute("DELETE FROM \"aiflow_schema_history\" WHERE \"version\" <> '1'");
        }
        open();
        assertThat(said(byId("p1", "x"))).isEqualTo(Verdict.WAITING);
        assertThat(store.deliveries("claims").offsets("claims")).isEmpty();
        assertThat(store.get("claims", "rollout")).isPresent();
    }
}
