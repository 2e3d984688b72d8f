import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local, reachable from this machine only and gone with whoever started it.
 *
 * <p>Its own main class listens on every address and outlives its parent.
 */
public final class Loopback {

    private Loopback() {
    }

    /** Takes the arguments of DynamoDB Local; ends when standard input ends. */
    public static void main(String[] args) throws Exception {
        DynamoDBProxyServer dynamo = ServerRunner.createServerFromCommandLineArgs(args);
        var field = DynamoDBProxyServer.class.getDeclaredField("server");
        field.setAccessible(true);
        for (Connector connector : ((Server) field.get(dynamo)).getConnectors()) {
            ((ServerConnector) connector).setHost("127.0.0.1");
        }
        dynamo.safeStart();
        while (System.in.read() >= 0) {
            // Nothing is said to us; only the end counts.
        }
        System.exit(0);
    }
}
