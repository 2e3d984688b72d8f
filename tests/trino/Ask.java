import static io.trino.testing.TestingSession.testSessionBuilder;

import io.trino.plugin.memory.MemoryConnectorFactory;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedRow;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Trino in one process, its tables in memory. Statements come in on standard input, each ended by a
 * zero byte; for each goes out one block: its rows, fields ended by 0x1F, rows by 0x1E, then 0x1D. A
 * statement that fails gives one row whose first field is "error", and its sentence.
 */
public class Ask {
    public static void main(String[] none) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print is no answer
        var session = testSessionBuilder().setCatalog("memory").setSchema("default").build();
        var engine = LocalQueryRunner.create(session);
        engine.createCatalog("memory", new MemoryConnectorFactory(), Map.of());
        var told = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (String statement : told.split("\u0000")) {
            try {
                for (MaterializedRow row : engine.execute(statement)) {
                    for (Object field : row.getFields()) {
                        out.print((field == null ? "\u0000" : field) + "\u001f");
                    }
                    out.print("\u001e");
                }
            } catch (RuntimeException refused) {
                out.print("error\u001f" + refused.getMessage() + "\u001f\u001e");
            }
            out.print("\u001d");
        }
        out.flush();
        System.exit(0); // the engine keeps threads of its own
    }
}
