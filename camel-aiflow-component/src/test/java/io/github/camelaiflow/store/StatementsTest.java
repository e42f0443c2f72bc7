package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLRecoverableException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatementsTest {

    @Test
    void anErrorOfTheDriverInABatchIsABrokenConnection() {
        PreparedStatement breaking = proxy(PreparedStatement.class, "executeBatch", null);
        Connection connection = proxy(Connection.class, "", breaking);
        Statements statements = new Statements(connection, 1);

        assertThatThrownBy(() -> statements.batch("INSERT INTO t VALUES (?)", List.<Object[]>of(new Object[] {1})))
                .isInstanceOf(SQLRecoverableException.class)
                .hasCauseInstanceOf(AssertionError.class)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(
                                SqlFailure.of("jdbc:x", e, List.of()).unreachable())
                        .isTrue());
    }

    private static <T> T proxy(Class<T> type, String failing, Object prepared) {
        return type.cast(Proxy.newProxyInstance(
                StatementsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(failing)) {
                        throw new AssertionError("getAutoCommit() should not throw");
                    }
                    return method.getName().equals("prepareStatement") ? prepared : null;
                }));
    }
}
