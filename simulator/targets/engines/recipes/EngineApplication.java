package tck;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A process engine and its REST API, put together by Spring Boot from what is on the class path. */
@SpringBootApplication
public class EngineApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(EngineApplication.class, arguments);
  }
}
