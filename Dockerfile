# docker build -t kachel . && docker run -d --name kachel -p 8080:8080 -p 8443:8443 -p 1883:1883 -p 8883:8883 -v kachel:/data kachel
# docker logs kachel            shows the one-time set-up link
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
# SQLite comes ready-made for this Node.js on amd64 and arm64, and nothing has to be compiled; there is no image for 32-bit machines.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production KACHEL_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8080 8443 1883 8883
STOPSIGNAL SIGTERM
# No curl in this image: Node asks itself. localhost is always an allowed name.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://localhost:8080/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/server/main.js"]
