package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/flows?user=ann&password=s%2Bcret&sslmode=require, jdbc:postgresql://db:5432/flows,"
                + " jdbc:postgresql://db:5432/flows?sslmode=require",
        "jdbc:postgresql:flows?password=s%2Bcret&user=ann, jdbc:postgresql:flows, jdbc:postgresql:flows",
        "jdbc:h2:file:./data/flows;USER=ann;Password=s+cret;MODE=Regular, jdbc:h2:file:./data/flows,"
                + " jdbc:h2:file:./data/flows;MODE=Regular"
    })
    void loginsGoFromTheUrlToTheProperties(String text, String name, String url) {
        JdbcUrl read = JdbcUrl.of(text, null, null);
        assertThat(read.name()).isEqualTo(name).hasToString(read.toString());
        assertThat(read.url()).isEqualTo(url);
        assertThat(read.properties()).containsEntry("user", "ann").containsEntry("password", "s+cret");
    }

    @Test
    void loginsAreTakenFromBesideTheUrl() {
        JdbcUrl read = JdbcUrl.of("jdbc:postgresql://db/flows", "ann", "s+cret");
        assertThat(read.properties()).containsEntry("user", "ann").containsEntry("password", "s+cret");
        assertThat(read.secrets()).containsExactly("s+cret");
    }

    @Test
    void timeoutsOfTheUrlHold() {
        JdbcUrl read = JdbcUrl.of("jdbc:postgresql://db/flows?socketTimeout=30&connecttimeout=1", null, null);
        assertThat(read.url()).contains("socketTimeout=30", "connecttimeout=1");
        assertThat(read.properties())
                .containsEntry("loginTimeout", "5")
                .doesNotContainKeys("socketTimeout", "connectTimeout");
        assertThat(JdbcUrl.of("jdbc:h2:tcp://db/flows", null, null).properties())
                .containsEntry("NETWORK_TIMEOUT", "8000");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:./data/flows, FALSE",
        "jdbc:h2:mem:flows, FALSE",
        "jdbc:h2:file:./data/flows;db_close_on_exit=TRUE,",
        "jdbc:h2:file:./data/flows;AUTO_SERVER=TRUE,",
        "jdbc:h2:tcp://db/flows,",
        "jdbc:postgresql://db/flows,"
    })
    void aDatabaseOfThisProcessDoesNotCloseItselfBeforeTheStore(String url, String closeOnExit) {
        assertThat(JdbcUrl.of(url, null, null).properties().getProperty("DB_CLOSE_ON_EXIT"))
                .isEqualTo(closeOnExit);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:flows, true, true",
        "jdbc:h2:nioMemFS:flows, true, true",
        "jdbc:h2:file:/data/memory, false, true",
        "jdbc:h2:./data/mem, false, true",
        "jdbc:h2:tcp://db/mem:flows, false, false",
        "jdbc:postgresql://db/flows, false, false"
    })
    void whereADatabaseLives(String url, boolean inMemory, boolean embedded) {
        assertThat(JdbcUrl.inMemory(url)).isEqualTo(inMemory);
        assertThat(JdbcUrl.of(url, null, null).embedded()).isEqualTo(embedded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://ann:hidden@db/flows",
                "postgresql://ann:hidden@db/flows",
                "jdbc:postgresql://ann:hidden@db/flows",
                "jdbc:postgresql://db/flows?password=hidden%2",
                "jdbc:h2:mem:;password=hidden",
                "hidden",
                ""
            })
    void whatIsNoUrlIsRefusedWithoutTellingIt(String url) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JdbcUrl.of(url, null, null))
                .withMessageContaining("tore")
                .withMessageNotContaining("hidden")
                .matches(e -> !e.unreachable());
    }

    @Test
    void writesAreNotDelayed() {
        assertThat(JdbcUrl.of("jdbc:h2:file:./flows", null, null).properties()).containsEntry("WRITE_DELAY", "0");
        assertThat(JdbcUrl.of("jdbc:h2:file:./flows;write_delay=0", null, null).url())
                .endsWith(";write_delay=0");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JdbcUrl.of("jdbc:h2:file:./flows;WRITE_DELAY=500", null, null))
                .withMessageContaining("WRITE_DELAY");
    }

    @Test
    void aPasswordSaidTwiceIsRefused() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JdbcUrl.of("jdbc:postgresql://db/flows?password=hidden", "ann", "hidden"))
                .withMessage("A store's password must be said once, in its url or beside it");
    }
}
