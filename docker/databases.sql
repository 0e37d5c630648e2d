-- Beside docpipe's database, which the PostgreSQL image makes.
CREATE DATABASE dagster;
